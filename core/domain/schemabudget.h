// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/schemapattern.h"

#include <QHash>

#include <chrono>
#include <cstddef>
#include <string>

namespace queuedeck::domain {

/// What the work on a schema may cost, and what it has cost so far. Valijson is told through a
/// pointer of the thread, since it hands on nothing of ours. Of one thread.
class SchemaBudget
{
public:
    struct Exceeded
    {
        enum class What { Time, Depth } what;
    };
    /// Enough is known to name a fault.
    struct HasFaults
    {
    };

    static constexpr std::chrono::milliseconds kTime{2000};
    static constexpr size_t kStack = 4 * 1024 * 1024; ///< that must be left where work begins
    static constexpr ptrdiff_t kStackUsed = 3 * 1024 * 1024; ///< at most, seen at a step

    /// `results`, of the type that valijson collects faults in, is compared only.
    explicit SchemaBudget(const void* results = nullptr);
    ~SchemaBudget();
    Q_DISABLE_COPY_MOVE(SchemaBudget)

    static SchemaBudget& current();

    /// To be called at each step. Throws Exceeded.
    void spend() const;
    /// The faults are those of the whole payload, and not of one of several alternatives.
    bool isOfAll(const void* results) const { return results == m_results; }
    bool matches(const std::string& pattern, const std::string& text);

private:
    const std::chrono::steady_clock::time_point m_deadline;
    const char* const m_base;
    const void* const m_results;
    SchemaBudget* const m_outer;
    QHash<QByteArray, QRegularExpression> m_patterns;
};

} // namespace queuedeck::domain
