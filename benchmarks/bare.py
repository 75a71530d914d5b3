"""How gunicorn serves what is measured: one sync worker, for whom processor time is steadiest; nothing is checked first."""

worker_class = "sync"
workers = threads = 1
timeout = 120
control_socket_disable = True
