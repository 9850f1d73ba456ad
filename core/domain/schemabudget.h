// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/schemapattern.h"

#include <QHash>

#include <chrono>
#include <cstddef>
#include <string>

namespace queuedeck::domain {

/// Limits the time and stack that work on a schema may use. A thread-local pointer leads to the
/// current one, since valijson cannot pass it along. For one thread.
class SchemaBudget
{
public:
    struct Exceeded
    {
        enum class What { Time, Depth } what;
    };
    /// Thrown once there are enough faults to name one.
    struct HasFaults
    {
    };

    static constexpr std::chrono::milliseconds kTime{2000};
    static constexpr size_t kStack = 4 * 1024 * 1024;        ///< that must be left when work begins
    static constexpr ptrdiff_t kStackUsed = 3 * 1024 * 1024; ///< at most, checked at each step

    /// `results` is valijson's collector of faults; it is only compared.
    explicit SchemaBudget(const void* results = nullptr);
    ~SchemaBudget();
    Q_DISABLE_COPY_MOVE(SchemaBudget)

    static SchemaBudget& current();

    /// Call at each step. Throws Exceeded.
    void spend() const;
    /// Whether these are the faults of the whole payload, not of one of several alternatives.
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
