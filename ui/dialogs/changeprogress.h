// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QProgressBar;

namespace queuedeck::ui {

class Label;

/// How far a change of many jobs is: a bar, how many are done, how fast, how many are left and for
/// how long. GUI thread.
class ChangeProgress : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeProgress(QWidget* parent = nullptr);

    void begin();
    void setDone(qint64 done, qint64 total);
    /// While it is paused no time passes.
    void setPaused(bool isPaused);

private:
    struct Figure
    {
        Label* value;
        Label* note;
    };

    Figure addFigure(const QString& title);
    void showRest();
    double seconds() const;

    QProgressBar* m_bar;
    Label* m_count;
    Label* m_percent;
    QWidget* m_figures;
    Figure m_rate;
    Figure m_left;
    Figure m_timeLeft;
    QElapsedTimer m_clock;
    qint64 m_pausedMs = 0;
    qint64 m_pausedSince = -1;
    qint64 m_done = 0;
    qint64 m_total = 0;
};

} // namespace queuedeck::ui
