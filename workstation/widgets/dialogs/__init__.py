"""Questions and forms; opened with open(), never exec()."""
