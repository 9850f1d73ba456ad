// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <deque>
#include <map>
#include <mutex>

namespace queuedeck::engine {

/// How much of a type may run on this computer. 0: as much as the engine does of others.
struct TypeLimit
{
    int concurrency = 0; ///< jobs at the same time
    int perMinute = 0;   ///< jobs begun within any minute

    bool isAny() const { return concurrency > 0 || perMinute > 0; }
    bool operator==(const TypeLimit&) const = default;
};

/// Keeps all engines of a program within the limits of the types: a type at its limit is not
/// claimed. An engine says how many jobs of a type it holds, takes what it wants to claim, and
/// gives back what the claim did not find. May be used from any thread.
class TypeLimits
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// For claims from now on; what is held and was begun still counts.
    void set(std::map<QString, TypeLimit> limits);
    bool has(const QString& type) const;

    /// How many of `wanted` jobs the engine, which holds `held` of this type, may claim now. It
    /// counts as holding those too, until it says otherwise.
    int take(const QString& engine, const QString& type, int held, int wanted, Time now);
    /// Some of the last ones taken were not there.
    void giveBack(const QString& engine, const QString& type, int unused);
    /// The engine holds nothing any more.
    void leave(const QString& engine);

private:
    struct State
    {
        TypeLimit limit;
        std::map<QString, int> held; ///< by engine
        std::deque<Time> begun;      ///< within the last minute
    };

    mutable std::mutex m_mutex;
    std::map<QString, State> m_types;
};

} // namespace queuedeck::engine
