"""What outlives a run: journal, settings, credentials, workspaces. No Qt."""
