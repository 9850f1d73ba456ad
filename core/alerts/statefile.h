// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertentry.h"

namespace queuedeck::alerts {

/// What has to outlive the program: which alerts are on, what was told, what is snoozed.
struct AlertState
{
    static constexpr int kVersion = 1;

    AlertEntries entries;
    Snoozes snoozes = {};
    int version = kVersion;

    bool isNewer() const { return version > kVersion; }
    bool operator==(const AlertState&) const = default;
};

/// Invalid: it is not such a document, with what is wrong. Entries that are not understood are left
/// out: this is a record, and nobody writes it by hand.
base::Result<AlertState> stateFromJson(const QByteArray& bytes);
QByteArray stateToJson(const AlertState& state);

/// An entry for programs, as in the file and in what `watch --json` prints.
QJsonObject entryJson(const AlertEntry& entry);

} // namespace queuedeck::alerts
