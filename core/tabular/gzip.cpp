// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/gzip.h"

#include <new>
#include <zlib.h>

namespace queuedeck::tabular {

struct Gzip::Stream
{
    z_stream z{};
};

Gzip::Gzip()
    : m_stream(std::make_unique<Stream>())
{
    constexpr int kWithGzipHeader = 16;
    constexpr int kUsualMemory = 8;
    // Fails for lack of memory only.
    if (deflateInit2(&m_stream->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kWithGzipHeader,
                     kUsualMemory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
}

Gzip::~Gzip()
{
    deflateEnd(&m_stream->z);
}

QByteArray Gzip::add(const QByteArray& bytes)
{
    return bytes.isEmpty() ? QByteArray() : deflated(bytes, Z_NO_FLUSH);
}

QByteArray Gzip::finish()
{
    return deflated({}, Z_FINISH);
}

QByteArray Gzip::deflated(const QByteArray& bytes, int flush)
{
    constexpr qsizetype kPiece = 64 * 1024;
    z_stream& z = m_stream->z;
    // zlib reads it only.
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    z.avail_in = uInt(bytes.size());
    QByteArray out;
    do {
        const qsizetype before = out.size();
        out.resize(before + kPiece);
        z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        z.avail_out = uInt(kPiece);
        deflate(&z, flush);
        out.truncate(before + kPiece - qsizetype(z.avail_out));
    } while (z.avail_out == 0);
    return out;
}

} // namespace queuedeck::tabular
