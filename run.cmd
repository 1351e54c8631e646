@echo off
rem Finds a Python of 3.11 or newer and hands over to packaging\bootstrap.py, which does the rest.
setlocal
set "PYTHON="
for %%P in ("py -3" "python" "python3") do (
    if not defined PYTHON (
        %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
        if not errorlevel 1 set "PYTHON=%%~P"
    )
)
if not defined PYTHON (
    echo The workstation needs Python 3.11 or newer. Install it with:  winget install Python.Python.3.13 1>&2
    exit /b 2
)
%PYTHON% "%~dp0packaging\bootstrap.py" %*
exit /b %errorlevel%
