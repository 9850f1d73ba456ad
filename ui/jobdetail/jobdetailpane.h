// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/job.h"
#include "core/domain/jobrules.h"
#include "ui/widgets/format.h"

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;
class QScrollArea;
class QStackedWidget;
class QTabBar;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class AttemptList;
class EmptyState;
class EnrichmentView;
class JobFacts;
class JobHead;
class PayloadView;
class ProgressLine;
class ReportView;
class ScanView;
class Strip;

/// All there is to know about one job, beside the table or below it. It is bound to an id: a late
/// answer for another id is dropped, and a deleted job's last data stays visible. It only reads;
/// what its buttons request is reported by actionWanted(). GUI thread.
class JobDetailPane : public QWidget
{
    Q_OBJECT

public:
    JobDetailPane(service::Session& session, ActionSet& actions, QWidget* parent = nullptr);
    ~JobDetailPane() override;

    /// Shows this job; the same id reads again.
    void show(const domain::JobId& id);
    using QWidget::show;
    /// The same for a table's current row: no id leaves what is shown, since its row may have gone.
    void showJob(const domain::JobId& id);
    void clear();
    /// Reads the job again, if there is one and the pane is visible.
    void refresh();
    /// Below the table, with tabs, instead of beside it; in a splitter this happens by itself.
    void setCompact(bool compact);

    const domain::JobId& job() const { return m_id; }
    bool isLoaded() const { return m_isLoaded; }
    bool isGone() const { return m_isGone; }
    QString notice() const; ///< what its strip says; empty if nothing

    QSize sizeHint() const override;
    void updateTimes(); ///< after a second, or a change of time zone

Q_SIGNALS:
    void actionWanted(queuedeck::domain::JobAction action, const queuedeck::domain::Job& job);
    void editWanted(const queuedeck::domain::JobId& id); ///< as a new job
    void scanWanted(const queuedeck::domain::ScanId& id);
    void closeWanted();
    void copied(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeErrorBox();
    void read();
    void loaded(const domain::JobDetail& detail);
    void failed(const base::Error& error);
    void showDetail();
    void showError();
    void fitError();
    void showLost();
    void showFacts();
    void arrangeTall();
    void arrangeCompact();
    void takeApart();

    service::Session& m_session;
    domain::JobId m_id;
    TimeZone m_zone = timeZone(); ///< that the attempts are shown in
    domain::JobDetail m_detail;
    bool m_isLoaded = false;
    bool m_isGone = false;
    bool m_isStale = false; ///< something changed while the pane was hidden
    bool m_isReading = false;
    bool m_isCompact = false;
    JobHead* m_head;
    ProgressLine* m_progress;
    Strip* m_strip;
    JobFacts* m_facts;
    QWidget* m_errorBox;
    QPlainTextEdit* m_error;
    AttemptList* m_attempts;
    PayloadView* m_payload;
    ScanView* m_scan;
    ReportView* m_report;
    PayloadView* m_result;
    EnrichmentView* m_enrichment;
    EmptyState* m_empty;
    QWidget* m_body = nullptr; ///< the arrangement of the parts
    QTabBar* m_tabs = nullptr;
    QTimer m_ages;
};

} // namespace queuedeck::ui
