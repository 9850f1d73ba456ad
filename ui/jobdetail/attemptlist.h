// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/widgets/mark.h"

#include <QWidget>

class QVBoxLayout;

namespace queuedeck::ui {

class Label;

/// The attempts of a job, newest first: what ran it, from when to when, and how it ended.
class AttemptList : public QWidget
{
    Q_OBJECT

public:
    explicit AttemptList(QWidget* parent = nullptr);

    void setAttempts(const domain::JobDetail& detail);
    void clear();

private:
    Label* m_count;
    Label* m_zone;
    Label* m_none;
    QWidget* m_rows = nullptr;
    QVBoxLayout* m_layout;
};

/// `isStuck`: nothing works on the job, so an attempt that has not ended is not running.
Mark attemptMark(const domain::Attempt& attempt, bool isStuck);
/// How `attempt` ended: "timeout after 60 s, tried again 32 s later". `next` is the one after it.
QString attemptWords(const domain::Attempt& attempt, const domain::Attempt* next, bool isStuck);

} // namespace queuedeck::ui
