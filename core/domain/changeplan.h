// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>

namespace queuedeck::domain {

/// When and how fast a large change is carried out, and what must happen before the rest of it is.
/// The default: at once, all of it, as fast as the database takes it.
struct ChangePlan
{
    /// How many of the first jobs must complete before the others are changed.
    enum class Rule { AllComplete, HalfComplete, AnyCompletes };

    static constexpr int kMostFirst = 500;
    static constexpr int kMostPerSecond = 10'000;

    QDateTime at;  ///< not before; invalid: now
    int first = 0; ///< so many jobs are changed first; 0: none
    Rule rule = Rule::AllComplete;
    int perSecond = 0; ///< jobs that are changed in a second, at most; 0: no limit

    bool isSet() const { return at.isValid() || first > 0 || perSecond > 0; }

    bool operator==(const ChangePlan&) const = default;
};

/// What has become of the first jobs of a change. Those that are gone have failed.
struct FirstJobs
{
    int tried = 0;
    int completed = 0;
    int failed = 0;

    bool operator==(const FirstJobs&) const = default;
};

enum class FirstVerdict {
    Wait, ///< it is not decided yet
    GoOn, ///< enough of them completed
    Hold, ///< too many failed: the rest is left alone until somebody decides otherwise
};

FirstVerdict verdictOn(ChangePlan::Rule rule, const FirstJobs& first);

/// How far a change has come.
struct ChangeStep
{
    enum class Phase {
        Changing,
        Paused,      ///< by a person
        Planned,     ///< until ChangePlan::at
        TryingFirst, ///< the first jobs are changed; it waits for what becomes of them
        Held,        ///< too many of the first jobs failed
    };

    Phase phase = Phase::Changing;
    qint64 done = 0; ///< jobs that were walked over, changed or not
    qint64 total = 0;
    FirstJobs first = {};

    bool operator==(const ChangeStep&) const = default;
};

/// Keeps a change to so many jobs a second: what is not used is not saved up for longer than a
/// second. A value; times are of a steady clock.
class Pace
{
public:
    using Time = std::chrono::steady_clock::time_point;

    Pace(int perSecond, Time now);

    /// How many may be changed now; 0: none, see wait().
    int allowed(Time now);
    void take(qint64 jobs) { m_saved -= double(jobs); }
    /// Until the next few may be changed.
    std::chrono::milliseconds wait() const;

private:
    double m_perSecond;
    double m_saved; ///< jobs that may be changed now
    Time m_last;
};

} // namespace queuedeck::domain
