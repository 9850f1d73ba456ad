// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/domain/snapshot.h"
#include "ui/widgets/mark.h"

#include <QWidget>

class QGridLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class FigureCard;

/// The six figures of the overview, in one row or two. A click leads to the jobs a card counts.
class OverviewCards : public QWidget
{
    Q_OBJECT

public:
    explicit OverviewCards(service::Session& session, QWidget* parent = nullptr);

    void setSnapshot(const domain::QueueSnapshot& snapshot);
    /// What the chart of the last hour adds up to, so that the cards agree with it; none where the
    /// history is younger.
    void setLastHour(const std::optional<domain::HistoryFigures>& figures);
    QWidget* first() const; ///< where the focus goes

Q_SIGNALS:
    void jobsWanted(const QString& filter);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void place();
    void fillStatus(const domain::QueueSnapshot& snapshot);
    void fillRunning(const domain::QueueSnapshot& snapshot);
    void fillHour();
    QString stuckNote(const domain::QueueSnapshot& snapshot) const;
    QString filterOf(Mark mark) const;
    bool isFailedKnown() const;

    service::Session& m_session;
    QGridLayout* m_grid;
    domain::QueueSnapshot m_snapshot;
    std::optional<domain::HistoryFigures> m_lastHour;
    QList<FigureCard*> m_cards; ///< pending, processing, completed, failed, stuck, dead
    int m_columns = 0;
};

} // namespace queuedeck::ui
