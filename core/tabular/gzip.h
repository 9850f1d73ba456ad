// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

namespace queuedeck::tabular {

/// Compresses a stream as gzip does (RFC 1952), piece by piece, in a fixed amount of memory. The
/// same input gives the same output: no name and no time are stored.
class Gzip
{
public:
    Gzip();
    ~Gzip();
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;

    /// What is ready to be written; often nothing.
    QByteArray add(const QByteArray& bytes);
    /// The rest, once.
    QByteArray finish();

private:
    struct Stream;
    QByteArray deflated(const QByteArray& bytes, int flush);

    std::unique_ptr<Stream> m_stream;
};

} // namespace queuedeck::tabular
