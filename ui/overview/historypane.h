// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/history.h"
#include "core/domain/snapshot.h"

#include <QWidget>

class QBoxLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ChartPanel;
class HistoryChoice;

/// What finished and how long the oldest job waits, over time. It reads the history after each
/// snapshot, one query at a time, and none while it cannot be seen. What a guest sees is inferred,
/// and it says so.
class HistoryPane : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPane(service::Session& session, QWidget* parent = nullptr);

    HistoryChoice& choice() { return *m_choice; }
    /// A new snapshot was read: what is shown must agree with it.
    void refresh(const domain::QueueSnapshot& snapshot);
    QList<QWidget*> regions() const;

Q_SIGNALS:
    void historyRead(const queuedeck::domain::History& history);
    void saved(const QString& path);
    void failed(const queuedeck::base::Error& error);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    bool isInferred() const;
    void read();
    void show(const domain::History& history);
    void showPart(const domain::History& history);
    void zoom(int firstRow, int lastRow);
    void showWhole();
    void save(const QString& path, const QByteArray& bytes);
    QString finishedNote(const domain::History& history) const;
    QString drainNote(const domain::History& history) const;

    service::Session& m_session;
    HistoryChoice* m_choice;
    QBoxLayout* m_row;
    ChartPanel* m_finished;
    ChartPanel* m_oldest;
    double m_unit = 60; ///< of the oldest pending's chart, in seconds
    domain::QueueSnapshot m_snapshot;
    bool m_isReading = false;
    bool m_readAgain = false;
    domain::History m_history;                             ///< as read last
    std::optional<std::pair<QDateTime, QDateTime>> m_zoom; ///< the first and the last step shown
    QDateTime m_shownFrom;
};

} // namespace queuedeck::ui
