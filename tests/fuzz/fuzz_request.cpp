// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever bytes a client sends: nothing crashes, splitting them differently changes nothing, and
// no job runs without the key.
#include "core/endpoint/gate.h"
#include "core/endpoint/requestreader.h"

#include <algorithm>
#include <cstdlib>

using namespace queuedeck::endpoint;
using State = RequestReader::State;

namespace {
// 32 bytes that no fuzzer guesses: its inputs are checked against them and none may match.
const QByteArray kKey = "6b1f0e7d2c9a48538e1d7f60b2a4c3d9";

void insist(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

bool isOpen(const RequestReader& reader)
{
    return reader.state() == State::Head || reader.state() == State::Body;
}

size_t feedInPieces(RequestReader& reader, std::string_view bytes, size_t piece)
{
    size_t used = 0;
    while (used < bytes.size() && isOpen(reader))
        used += reader.feed(bytes.substr(used, piece));
    return used;
}

void checkRequest(const Request& request, const Limits& limits)
{
    insist(request.path.startsWith('/'));
    insist(int(request.headers.size()) <= limits.headerCount);
    qsizetype size = 0;
    for (const Header& header : request.headers) {
        size += header.name.size() + header.value.size();
        insist(!header.name.isEmpty() && header.name == header.name.toLower());
        for (const char c : header.name + header.value)
            insist(c != '\r' && c != '\n' && c != '\0');
    }
    insist(size <= limits.headers);
    insist(request.count("content-length") <= 1);
    insist(request.count("content-length") + request.count("transfer-encoding") <= 1);
    insist(request.count("host") <= 1);
}

void checkVerdict(const Request& request)
{
    Gate gate({.apiKey = kKey, .cronSecret = kKey + 'x', .hosts = {"jobs.example.com"}});
    const Admission admission = gate.admit(request, {});
    const auto* response = std::get_if<Response>(&admission);
    insist(response != nullptr); // only those with the key may run jobs
    insist(response->status != 200 ||
           (request.path == "/healthz" &&
            (request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS")));
    const QByteArray sent = serialized(*response, request.keepAlive, request.method == "HEAD");
    insist(sent.startsWith("HTTP/1.1 "));
    insist(sent.indexOf("\r\n\r\n") > 0);
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Limits limits;
    RequestReader whole(limits);
    const size_t used = feedInPieces(whole, bytes, std::max<size_t>(size, 1));
    insist(used <= size);
    for (const size_t piece : {size_t(1), size_t(1) + size % 7}) {
        RequestReader cut(limits);
        const size_t usedInPieces = feedInPieces(cut, bytes, piece);
        insist(cut.state() == whole.state());
        if (whole.state() == State::Refused) {
            insist(cut.refusal().status == whole.refusal().status);
        } else {
            insist(usedInPieces == used);
            insist(cut.request().path == whole.request().path);
        }
    }
    if (whole.state() == State::Done) {
        checkRequest(whole.request(), limits);
        checkVerdict(whole.request());
    }
    if (whole.state() == State::Refused)
        insist(whole.refusal().close && whole.refusal().status >= 400);
    return 0;
}
