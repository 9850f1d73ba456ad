// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace queuedeck::domain {

/// How far a running job is.
struct Progress
{
    /// The longest text that is kept, in characters.
    static constexpr int kLongestText = 200;

    std::optional<double> fraction; ///< 0 to 1; none: not known
    QString text;                   ///< what is being done, in a few words; may be empty

    bool isEmpty() const { return !fraction && text.isEmpty(); }
    bool operator==(const Progress&) const = default;
};

/// Where a handler reports how far it is.
class ProgressSink
{
public:
    virtual ~ProgressSink() = default;
    /// From any thread, as often as is convenient: only the latest is kept, and shown twice a
    /// second at most. A fraction outside 0 to 1 is brought into it; a long text is cut.
    virtual void report(const Progress& progress) = 0;
};

} // namespace queuedeck::domain
