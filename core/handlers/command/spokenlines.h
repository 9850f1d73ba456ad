// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/progress.h"
#include "core/handlers/command/texttail.h"

#include <optional>

namespace queuedeck::handlers {

/// What a program writes to its standard error: lines such as `progress 0.4 reading` say how far it
/// is and go to `progress`; of the rest the end is kept. A number that is not from 0 to 1 makes an
/// ordinary line; `progress - reading` means that it cannot be known.
class SpokenLines
{
public:
    explicit SpokenLines(domain::ProgressSink* progress)
        : m_progress(progress)
    {
    }

    void add(const char* data, qsizetype size);
    /// Nothing follows: the last line may lack its end.
    void end();
    QString text() const { return m_tail.text(); }

private:
    void take(const QByteArray& line);

    domain::ProgressSink* m_progress;
    QByteArray m_line; ///< its beginning, while it may be about progress
    bool m_isOrdinary = false;
    TextTail m_tail;
};

/// What such a line says; none if it is an ordinary one.
std::optional<domain::Progress> progressOfLine(const QByteArray& line);

} // namespace queuedeck::handlers
