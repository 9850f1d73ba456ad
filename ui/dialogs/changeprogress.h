// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/changeplan.h"

#include <QElapsedTimer>
#include <QWidget>

class QProgressBar;

namespace queuedeck::ui {

class Label;
class Strip;

/// How far a change of many jobs is: a bar, how many are done, how fast, how many are left and for
/// how long; what has become of its first jobs, and what it waits for. GUI thread.
class ChangeProgress : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeProgress(QWidget* parent = nullptr);

    void begin(const domain::ChangePlan& plan);
    void setStep(const domain::ChangeStep& step);

private:
    struct Figure
    {
        Label* value;
        Label* note;
    };

    Figure addFigure(const QString& title);
    void setWaiting(bool isWaiting);
    void showPhase();
    void showFirst();
    void showRest();
    double seconds() const;

    Label* m_first;
    QProgressBar* m_bar;
    Label* m_count;
    Label* m_percent;
    QWidget* m_figures;
    Figure m_rate;
    Figure m_left;
    Figure m_timeLeft;
    Strip* m_held;
    domain::ChangePlan m_plan;
    domain::ChangeStep m_step;
    // Its rate is that of the time in which it changes jobs.
    QElapsedTimer m_clock;
    qint64 m_waitedMs = 0;
    qint64 m_waitsSince = -1;
};

} // namespace queuedeck::ui
