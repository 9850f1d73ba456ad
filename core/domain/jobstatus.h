// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>

namespace queuedeck::domain {

/// The status of a row of Job. Anything another program wrote that is none of the four, and NULL,
/// is Unknown: shown, never claimed, never cleaned up.
enum class JobStatus { Pending, Processing, Completed, Failed, Unknown };

inline constexpr std::array kKnownStatuses{JobStatus::Pending, JobStatus::Processing,
                                           JobStatus::Completed, JobStatus::Failed};

/// The word as it stands in the column status; empty for Unknown.
QString statusText(JobStatus status);
/// The other way round; unknown words give Unknown.
JobStatus statusFromText(const QString& text);

} // namespace queuedeck::domain
