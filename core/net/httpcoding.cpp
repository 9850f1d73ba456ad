// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpcoding.h"

#include <algorithm>
#include <array>
#include <optional>
#include <zlib.h>

namespace queuedeck::net {

namespace {
constexpr qsizetype kMostCodings = 3;
constexpr int kAnyWrapping = 15 + 32; ///< windowBits: gzip or zlib, detected from the first bytes
constexpr int kNoWrapping = -15;
constexpr size_t kPiece = 16 * 1024;

Decoding inflated(const QByteArray& from, int windowBits, qint64 mostBytes, QByteArray& out)
{
    z_stream stream = {};
    if (::inflateInit2(&stream, windowBits) != Z_OK)
        return Decoding::Damaged;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(from.constData()));
    stream.avail_in = uInt(from.size());
    std::array<Bytef, kPiece> piece;
    int state = Z_OK;
    out.clear();
    while (state == Z_OK && out.size() <= mostBytes) {
        stream.next_out = piece.data();
        stream.avail_out = uInt(piece.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            break;
        out.append(reinterpret_cast<char*>(piece.data()), qsizetype(kPiece - stream.avail_out));
        // Several gzip members may be concatenated.
        if (state == Z_STREAM_END && windowBits == kAnyWrapping && stream.avail_in > 2 &&
            stream.next_in[0] == 0x1F && stream.next_in[1] == 0x8B)
            state = ::inflateReset(&stream);
    }
    ::inflateEnd(&stream);
    if (out.size() > mostBytes)
        return Decoding::TooLarge;
    return state == Z_STREAM_END ? Decoding::Done : Decoding::Damaged;
}

Decoding undo(const QByteArray& coding, qint64 mostBytes, QByteArray& body)
{
    if (coding != "gzip" && coding != "x-gzip" && coding != "deflate")
        return Decoding::Unknown;
    QByteArray out;
    Decoding done = inflated(body, kAnyWrapping, mostBytes, out);
    if (done == Decoding::Damaged && coding == "deflate") // some servers send raw deflate
        done = inflated(body, kNoWrapping, mostBytes, out);
    body = done == Decoding::Done ? out : QByteArray();
    return done;
}

// In the order in which they were applied.
QByteArrayList codingsOf(const HttpAnswer& answer)
{
    QByteArrayList codings;
    for (const auto& [key, value] : answer.headers) {
        if (key != "content-encoding")
            continue;
        for (const QByteArray& coding : value.toLower().split(',')) {
            const QByteArray word = coding.trimmed();
            if (!word.isEmpty() && word != "identity")
                codings += word;
        }
    }
    return codings;
}
} // namespace

Decoding decode(HttpAnswer& answer, qint64 mostBytes)
{
    QByteArrayList codings = codingsOf(answer);
    if (answer.body.isEmpty())
        return Decoding::Done;
    if (codings.size() > kMostCodings) {
        answer.body.clear();
        return Decoding::Unknown;
    }
    std::reverse(codings.begin(), codings.end());
    for (const QByteArray& coding : std::as_const(codings)) {
        if (const Decoding done = undo(coding, mostBytes, answer.body); done != Decoding::Done) {
            answer.body.clear();
            return done;
        }
    }
    return Decoding::Done;
}

} // namespace queuedeck::net
