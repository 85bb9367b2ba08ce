"""A stand-in for an index of packages that trusts a workflow: a real server with TLS, which keeps what is uploaded."""

import email
import json
import ssl
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

IDENTITY = "e30.e30.e30"  # as a token is written: three parts, here of empty objects
CERTIFICATE = [
    *("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "1"),
    *("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"),
    *("-addext", "basicConstraints=critical,CA:FALSE"),
]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        """Whom an identity is for, as the index says; and the identity, as the forge gives it to a job that may ask."""
        if self.path == "/_/oidc/audience":
            return self._reply({"audience": "index"})
        may_ask = self.headers["Authorization"] == "Bearer job" and "audience=index" in self.path
        return self._reply({"value": IDENTITY}) if may_ask else self._reply({}, 403)

    def do_POST(self):
        """A token for an identity, and then what is uploaded with it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/_/oidc/mint-token":
            is_known = json.loads(body)["token"] == IDENTITY
            return self._reply({"success": is_known, "token": "granted"}, 200 if is_known else 403)
        if self.path == "/legacy/":
            form = email.message_from_bytes(f"Content-Type: {self.headers['Content-Type']}\n\n".encode() + body)
            parts = {part.get_param("name", header="content-disposition"): part for part in form.get_payload()}
            name = parts["content"].get_filename()
            self.server.uploaded[name] = parts["content"].get_payload(decode=True)
        return self._reply({})

    def _reply(self, told, status=200):
        data = json.dumps(told).encode()
        self.send_response(status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(data)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serve(folder: Path):
    """The variables by which `uv publish` finds the index, as in a job that may publish, and what was uploaded."""
    key, certificate = folder / "index.key", folder / "index.pem"
    subprocess.run([*CERTIFICATE, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.uploaded = {}
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        home = f"https://127.0.0.1:{server.server_port}"
        variables = {
            "GITHUB_ACTIONS": "true",
            "ACTIONS_ID_TOKEN_REQUEST_URL": f"{home}/identity?",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "job",
            "UV_PUBLISH_URL": f"{home}/legacy/",
            "SSL_CERT_FILE": str(certificate),
        }
        yield variables, server.uploaded
        server.shutdown()
