// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrichment.h"
#include "core/domain/job.h"
#include "core/domain/journalentry.h"
#include "core/domain/outcome.h"
#include "core/domain/snapshot.h"
#include "core/service/engineservice.h"

#include <QJsonObject>

namespace queuedeck::ctl {

// The JSON that other programs rely on: keys may be added, none renamed or removed.

/// ISO 8601 in UTC with milliseconds and Z; null when there is no time.
QJsonValue timeJson(const QDateTime& time);

QJsonObject jobJson(const domain::Job& job);
QJsonObject countsJson(const domain::TypeCounts& counts);
QJsonObject attemptJson(const domain::Attempt& attempt);
QJsonObject statsJson(const domain::QueueSnapshot& snapshot);
QJsonObject outcomeJson(const domain::Outcome& outcome);
QJsonObject journalJson(const domain::JournalEntry& entry);
/// A job of an entry: its columns before and after; null: it was or is not there.
QJsonObject journalRowJson(const domain::JournalRow& row);
QJsonObject enrichmentJson(const domain::Enrichment& enrichment);
QJsonObject reportJson(const service::ProcessReport& report);

/// `object` on one line with "payload" added as it is stored, and "result" if there is one: the
/// order of their keys and their numbers unchanged. What is not JSON becomes a string.
QByteArray withPayload(const QJsonObject& object, const QByteArray& payload,
                       const QByteArray& result = {});

} // namespace queuedeck::ctl
