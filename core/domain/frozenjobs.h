// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobrules.h"
#include "core/domain/outcome.h"

#include <QByteArray>
#include <QVector>

#include <initializer_list>
#include <optional>

namespace queuedeck::domain {

/// The jobs that a change is about, as somebody saw them: exactly these, whatever matches later. A
/// million take about 25 MB. A value; copies share the ids.
class FrozenJobs
{
public:
    /// As far as the rules for actions go.
    struct State
    {
        bool isThere = true;
        JobStatus status = JobStatus::Unknown;
        std::optional<int> attempts = std::nullopt;

        bool operator==(const State&) const = default;
    };

    /// At most kMostInPart jobs that were in the same state.
    class Part
    {
    public:
        Part(std::optional<State> state, const JobIds& ids);
        /// As bytes() returned them.
        Part(std::optional<State> state, qint64 count, QByteArray bytes);

        /// None: nobody looked, so that the rules decide when they are changed.
        const std::optional<State>& state() const { return m_state; }
        qint64 count() const { return m_count; }
        JobIds ids() const;
        /// The ids, packed, for keeping them in a database.
        const QByteArray& bytes() const { return m_bytes; }
        /// Why `action` leaves these jobs alone; nothing if it may change them.
        std::optional<SkipReason> refusal(JobAction action) const;

    private:
        std::optional<State> m_state;
        qint64 m_count;
        QByteArray m_bytes;
    };

    /// How many are in one state.
    struct InState
    {
        std::optional<State> state; ///< as of a Part
        qint64 count = 0;
    };

    static constexpr qsizetype kMostInPart = 20'000;

    FrozenJobs() = default;
    /// Jobs that were named and not looked at.
    FrozenJobs(const JobIds& ids);
    FrozenJobs(std::initializer_list<JobId> ids)
        : FrozenJobs(JobIds(ids))
    {
    }

    void add(const std::optional<State>& state, const JobIds& ids);
    void add(Part part);
    const QVector<Part>& parts() const { return m_parts; }
    qint64 count() const { return m_count; }
    /// The most frequent state first.
    QVector<InState> byState() const;
    bool isEmpty() const { return m_count == 0; }
    /// All of them: only where they are known to be few.
    JobIds ids() const;
    JobId idAt(qint64 place) const;
    /// Needs rememberEach(); may be wrong once in 10^12 cases.
    bool contains(const JobId& id) const;
    /// Prepares contains(), at 8 bytes a job.
    void rememberEach();

private:
    QVector<Part> m_parts;
    QVector<size_t> m_hashes; ///< sorted
    qint64 m_count = 0;
};

/// What `action` would do to these jobs, from the states they were found in; exact if nobody else
/// writes and the database refuses none of them.
Outcome prediction(JobAction action, const FrozenJobs& jobs);

} // namespace queuedeck::domain
