// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertmachine.h"
#include "core/alerts/rulesfile.h"

#include <QMap>

namespace queuedeck::alerts {

/// Whether people have been told of a beginning or an end.
enum class Told {
    NotYet, ///< there is nothing to tell, or it is quiet now
    Yes,
    Never ///< it came and went while it was quiet, or its rule was changed
};

/// What became of a message to the webhook.
enum class Delivery {
    None,    ///< there is none
    Waiting, ///< to be sent, perhaps again
    Done,
    GivenUp
};

/// One outage in the history of alerts.
struct AlertEntry
{
    QString id; ///< a uuid; also identifies the messages, so that a receiver can drop repetitions
    QString ruleId;
    QString ruleName;
    Series series = Series::OldestPending; ///< of the rule's first condition
    Test test = Test::Above;
    QString limit = {};     ///< "5 min"; empty if there is none
    double peak = 0;        ///< the worst value
    QDateTime began;        ///< UTC
    QDateTime ended = {};   ///< UTC; invalid: it is on
    bool isDropped = false; ///< it ended because its rule was changed, not because it was over
    bool wasQuiet = false;  ///< it began in quiet hours
    bool wasSnoozed = false;
    Told toldBegin = Told::NotYet;
    Told toldEnd = Told::NotYet;
    QStringList by = {}; ///< "desktop", "tray", "webhook": how people were told
    Delivery webhookBegin = Delivery::None;
    Delivery webhookEnd = Delivery::None;

    bool isOn() const { return !ended.isValid(); }
    bool operator==(const AlertEntry&) const = default;
};

/// "6.2 min, limit 5 min"; empty where a highest value says nothing.
QString peakText(const AlertEntry& entry);

using AlertEntries = QVector<AlertEntry>; ///< the newest first

/// Adds what the rules came to. Returns whether anything changed.
bool apply(AlertEntries& entries, const QVector<AlertEvent>& events);
/// The newest of the rule that is on; null if there is none.
AlertEntry* findOn(AlertEntries& entries, const QString& ruleId);

constexpr int kHistoryDays = 90;
constexpr qsizetype kMostEntries = 1000;
/// Removes what is too old or too much, never what is on.
bool trim(AlertEntries& entries, const QDateTime& now);

/// Something to say now.
struct Telling
{
    enum class Kind { Began, Ended };
    Kind kind = Kind::Began;
    AlertEntry entry;
};

/// By rule: until when (UTC) its alerts are neither told nor shown.
using Snoozes = QMap<QString, QDateTime>;

bool isSnoozed(const Snoozes& snoozes, const QString& ruleId, const QDateTime& now);

/// What has to be told now, and marks it as told: a beginning at once, or when the quiet hours or
/// the snooze are over and it is still on; an end only after a beginning that was told.
QVector<Telling> tellings(AlertEntries& entries, const Channels& channels, bool isQuiet,
                          const Snoozes& snoozes, const QDateTime& now);

} // namespace queuedeck::alerts
