// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace queuedeck::handlers {

/// Keeps the last 8 KB of what a program said, however much it says.
class TextTail
{
public:
    static constexpr qsizetype kSize = 8 * 1024;

    void add(const char* data, qsizetype size);
    /// As text without the white space around it, cut between two characters. What is not UTF-8
    /// shows as U+FFFD, and so does NUL, which PostgreSQL cannot keep.
    QString text() const;

private:
    QByteArray m_bytes; ///< at most twice kSize
    bool m_wasCut = false;
};

} // namespace queuedeck::handlers
