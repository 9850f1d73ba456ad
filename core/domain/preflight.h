// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace queuedeck::domain {

/// The pending jobs of one type, before an engine runs them.
struct TypePreflight
{
    qint64 waiting = 0; ///< pending with attempts left
    int checked = 0;    ///< of these, payloads checked against the schema
    int failing = 0;    ///< of those, payloads that break it: such a job fails at once, permanently
    int unread = 0;     ///< of the waiting jobs, payloads too large to be checked here
    QString reason;     ///< why the first one fails
};

/// What an engine would do if started now. The payloads of at most kMostChecked jobs are checked,
/// oldest first, since these run first.
struct Preflight
{
    static constexpr int kMostChecked = 1'000;
    static constexpr int kLargestPayload = 64 * 1024; ///< bytes

    QMap<QString, TypePreflight> types; ///< those with waiting jobs

    qint64 waiting() const { return sum(&TypePreflight::waiting); }
    qint64 checked() const { return sum(&TypePreflight::checked); }
    qint64 failing() const { return sum(&TypePreflight::failing); }
    bool isWhole() const { return checked() == waiting(); }

private:
    template <class Figure>
    qint64 sum(Figure TypePreflight::*figure) const
    {
        qint64 all = 0;
        for (const TypePreflight& type : types)
            all += type.*figure;
        return all;
    }
};

} // namespace queuedeck::domain
