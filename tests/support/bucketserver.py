#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small server that speaks enough of S3 to put, fetch and remove pictures, and that checks the
signature of each request by an implementation of its own, written from AWS's description of
Signature Version 4. Objects can be fetched by anyone.

    bucketserver.py ACCESSKEYID SECRET REGION [TOKEN]

Prints its port. Some buckets misbehave: missing, locked, busy, moved, hidden (objects cannot be
fetched), silent (stores the object and closes the connection without an answer), stubborn (likewise,
and nothing can be removed). GET /-/objects lists what is stored, GET /-/requests what was asked.
"""
import datetime
import hashlib
import hmac
import http.server
import json
import sys
import urllib.parse

KEY_ID, SECRET, REGION = sys.argv[1:4]
TOKEN = sys.argv[4] if len(sys.argv) > 4 else None
OBJECTS = {}
REQUESTS = []


class Refusal(Exception):
    def __init__(self, status, code, message):
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


def digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def check_signature(method, target, headers, body):
    value = headers.get("Authorization", "")
    if not value.startswith("AWS4-HMAC-SHA256 "):
        raise Refusal(403, "AccessDenied", "Anonymous access is forbidden for this operation.")
    parts = dict(p.strip().split("=", 1) for p in value[len("AWS4-HMAC-SHA256 "):].split(","))
    key_id, day, region, service, end = parts["Credential"].split("/")
    signed = parts["SignedHeaders"].split(";")
    if key_id != KEY_ID:
        raise Refusal(403, "InvalidAccessKeyId", "The key does not exist in our records.")
    if (region, service, end) != (REGION, "s3", "aws4_request"):
        raise Refusal(400, "AuthorizationHeaderMalformed",
                      "the region '%s' is wrong; expecting '%s'" % (region, REGION))
    if signed != sorted(signed) or "host" not in signed:
        raise Refusal(400, "AuthorizationHeaderMalformed", "SignedHeaders")
    must = {n.lower() for n in headers if n.lower().startswith("x-amz-")} | {"host"}
    if not must <= set(signed):
        raise Refusal(403, "AccessDenied", "There were headers present which were not signed")
    time = headers["x-amz-date"]
    age = abs((datetime.datetime.strptime(time, "%Y%m%dT%H%M%SZ")
               - datetime.datetime.utcnow()).total_seconds())
    if age > 900 or not time.startswith(day):
        raise Refusal(403, "RequestTimeTooSkewed", "The difference between the times is too large.")
    if TOKEN is not None and headers.get("x-amz-security-token") != TOKEN:
        raise Refusal(400, "InvalidToken", "The provided token is malformed.")
    body_hash = hashlib.sha256(body).hexdigest()
    if headers["x-amz-content-sha256"] != body_hash:
        raise Refusal(400, "XAmzContentSHA256Mismatch", "The provided header does not match.")
    path, _, query = target.partition("?")
    pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
    canonical = "\n".join([
        method,
        urllib.parse.quote(urllib.parse.unquote(path), safe="/-_.~"),
        "&".join("%s=%s" % (urllib.parse.quote(k, safe="-_.~"), urllib.parse.quote(v, safe="-_.~"))
                 for k, v in pairs),
        "".join("%s:%s\n" % (n, " ".join(headers[n].split())) for n in signed),
        ";".join(signed),
        body_hash])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", time, "/".join([day, region, service, end]),
                         hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in (day, region, service, end):
        key = digest(key, part)
    right = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right, parts["Signature"]):
        raise Refusal(403, "SignatureDoesNotMatch",
                      "The request signature we calculated does not match the signature you "
                      "provided.")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/xml", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, refusal):
        body = ('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>%s</Code><Message>%s</Message>'
                "<RequestId>1</RequestId></Error>" % (refusal.code, refusal.message)).encode()
        headers = [("Location", "http://elsewhere.example/")] if refusal.status == 301 else []
        self.answer(refusal.status, body, headers=headers)

    def place(self):
        """Bucket and key, in either style."""
        host = self.headers["Host"].rsplit(":", 1)[0]
        path = urllib.parse.unquote(self.path.partition("?")[0])
        if host.endswith(".localhost"):
            return host[:-len(".localhost")], path[1:]
        bucket, _, key = path[1:].partition("/")
        return bucket, key

    def change(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        bucket, key = self.place()
        REQUESTS.append("%s %s %s" % (self.command, self.headers["Host"], self.path))
        try:
            check_signature(self.command, self.path, self.headers, body)
            if bucket == "missing":
                raise Refusal(404, "NoSuchBucket", "The specified bucket does not exist")
            if bucket == "locked":
                raise Refusal(403, "AccessDenied", "Access Denied")
            if bucket == "busy":
                raise Refusal(503, "SlowDown", "Please reduce your request rate.")
            if bucket == "moved":
                raise Refusal(301, "PermanentRedirect", "The bucket must be addressed elsewhere.")
            if self.command == "DELETE":
                if bucket == "stubborn":
                    raise Refusal(403, "AccessDenied", "Access Denied")
                OBJECTS.pop((bucket, key), None)
                return self.answer(204)
            OBJECTS[(bucket, key)] = (self.headers["Content-Type"], body)
            if bucket in ("silent", "stubborn"):
                self.close_connection = True
                return None
            return self.answer(200)
        except Refusal as refusal:
            return self.refuse(refusal)

    do_PUT = do_DELETE = change

    def do_GET(self):
        if self.path == "/-/objects":
            names = sorted("%s/%s %s %s" % (b, k, kind, hashlib.sha256(data).hexdigest())
                           for (b, k), (kind, data) in OBJECTS.items())
            return self.answer(200, json.dumps(names).encode(), "application/json")
        if self.path == "/-/requests":
            return self.answer(200, json.dumps(REQUESTS).encode(), "application/json")
        found = OBJECTS.get(self.place())
        if self.place()[0] == "hidden":
            return self.refuse(Refusal(403, "AccessDenied", "Access Denied"))
        if found is None:
            return self.refuse(Refusal(404, "NoSuchKey", "The specified key does not exist."))
        return self.answer(200, found[1], found[0])


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
