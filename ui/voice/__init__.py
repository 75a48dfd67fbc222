"""One voice: agreed lines, who carried them, and where the wording drifted."""
