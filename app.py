"""The WSGI application: `gunicorn app:server`."""

import os

from observatory.config import Settings
from observatory.dashboard import create_dashboard

app = create_dashboard(Settings.from_env(os.environ))
server = app.server
