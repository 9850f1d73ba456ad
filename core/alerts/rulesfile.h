// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertrule.h"
#include "core/alerts/quiethours.h"

#include <QByteArray>
#include <QJsonArray>

namespace queuedeck::alerts {

/// How people are told, the same for all rules of a database. The address of the webhook and the
/// key it is signed with are secrets: they are kept elsewhere.
struct Channels
{
    bool desktop = true;
    bool tray = true;
    bool webhook = false;
    QuietHours quiet = {};

    bool operator==(const Channels&) const = default;
};

/// The file of alert rules, as a value: what it holds, and what of it is not known here, so that
/// writing it again loses nothing.
///
///     {"version": 1, "rules": [{"id": "falls-behind", "name": "Queue falls behind", "on": true,
///       "type": "", "when": [{"series": "oldest-pending", "test": "above", "limit": 300},
///       {"series": "pending", "test": "rising", "lastingSeconds": 600}]}],
///      "channels": {"desktop": true, "tray": true, "webhook": false,
///       "quiet": {"on": true, "from": "22:00", "to": "07:00", "days": "every-day"}}}
///
/// `windowSeconds` and `atLeast` belong to the series that are counted over a time.
struct RulesFile
{
    static constexpr int kVersion = 1;

    Rules rules;
    Channels channels = {};
    int version = kVersion;
    QJsonArray unreadable = {}; ///< rules that are not understood; they stay in the file
    QJsonObject more = {};      ///< other keys of the document
    QJsonObject moreChannels = {};

    /// Written by a program that may know better: it is used and not changed.
    bool isNewer() const { return version > kVersion; }
};

/// Invalid: it is not such a document, with what is wrong.
base::Result<RulesFile> rulesFromJson(const QByteArray& bytes);
QByteArray rulesToJson(const RulesFile& file);

} // namespace queuedeck::alerts
