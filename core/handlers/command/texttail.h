// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace queuedeck::handlers {

/// Keeps the last 8 KB of a program's output, however much it writes.
class TextTail
{
public:
    static constexpr qsizetype kSize = 8 * 1024;

    void add(const char* data, qsizetype size);
    /// The text without surrounding white space, cut between two characters. Invalid UTF-8 becomes
    /// U+FFFD, and so does NUL, which PostgreSQL cannot store.
    QString text() const;

private:
    QByteArray m_bytes; ///< at most twice kSize
    bool m_wasCut = false;
};

} // namespace queuedeck::handlers
