// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/reportview.h"

#include "core/async/deliver.h"
#include "core/schedule/scheduler.h"
#include "core/service/reportservice.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QUrl>

#include <algorithm>

namespace queuedeck::ui {
namespace {

QString kindName(domain::ReportKind kind)
{
    switch (kind) {
    case domain::ReportKind::QueueHealth: return ReportView::tr("Queue health");
    case domain::ReportKind::Scans: return ReportView::tr("Scans");
    case domain::ReportKind::Imports: return ReportView::tr("Imports");
    case domain::ReportKind::Enrichment: return ReportView::tr("Enrichment");
    case domain::ReportKind::Spend: return ReportView::tr("Spend on Claude");
    }
    return {};
}

} // namespace

ReportView::ReportView(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_kind(new Label({}, TextRole::Body, Color::Muted))
    , m_note(new Label({}, TextRole::Small, Color::Muted))
    , m_open(makeButton(tr("Open"), this))
    , m_save(makeButton(tr("Save As…"), this))
    , m_weekly(makeButton(tr("Every Week"), this))
{
    setAccessibleName(tr("Report"));
    m_kind->setObjectName(QStringLiteral("reportKind"));
    m_note->setObjectName(QStringLiteral("reportNote"));
    m_note->setWordWrap(true);
    m_open->setObjectName(QStringLiteral("openReport"));
    m_save->setObjectName(QStringLiteral("saveReport"));
    m_weekly->setObjectName(QStringLiteral("repeatReport"));
    setTip(m_weekly, tr("Make such a report of the week before every Monday, while Queuedeck is "
                        "open"));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Report"), TextRole::Strong));
    head->addWidget(m_kind, 1);
    head->addWidget(m_open);
    head->addWidget(m_save);
    head->addWidget(m_weekly);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_note);
    connect(m_open, &QPushButton::clicked, this, &ReportView::open);
    connect(m_save, &QPushButton::clicked, this, &ReportView::chooseFile);
    connect(m_weekly, &QPushButton::clicked, this, &ReportView::repeat);
    clear();
}

void ReportView::clear()
{
    m_job = {};
    m_report.reset();
    say({});
    setUsed(false);
}

void ReportView::setJob(const domain::Job& job)
{
    if (job.id != m_job.id)
        clear();
    m_job = job;
    if (job.type == domain::kReportType && job.status == domain::JobStatus::Completed)
        look();
    else
        setUsed(false);
}

void ReportView::look()
{
    async::deliver(
        m_session.reports().report(m_job.id), this,
        [this, asked = m_job.id](const base::Result<std::optional<domain::ReportFile>>& report) {
            if (asked == m_job.id && report)
                found(*report);
        });
}

void ReportView::found(const std::optional<domain::ReportFile>& report)
{
    const bool isNew = report != m_report || !m_isUsed;
    m_report = report;
    m_kind->setText(report ? tr("%1, %2, %3", "report, format, size")
                                 .arg(kindName(report->kind),
                                      domain::reportFormatText(report->format).toUpper(),
                                      formatBytes(report->bytes))
                           : QString());
    m_open->setVisible(report.has_value());
    m_save->setVisible(report.has_value());
    m_weekly->setVisible(report.has_value());
    if (isNew)
        say(report ? QString()
                   : tr("The report is not on this computer: it was made on another one, or has "
                        "been removed."));
    setUsed(true);
}

void ReportView::open()
{
    if (m_report && !QDesktopServices::openUrl(QUrl::fromLocalFile(m_report->path)))
        say(tr("No program here opens this file."));
}

void ReportView::chooseFile()
{
    if (!m_report)
        return;
    auto* dialog = new QFileDialog(this, tr("Save Report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(m_report->path).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, job = m_job.id](const QString& path) {
        // The dialog has asked whether an existing file is to be replaced.
        async::deliver(m_session.reports().save(job, path, true), this,
                       [this, job](const base::Result<QString>& saved) {
                           if (job == m_job.id)
                               say(saved ? tr("Saved as %1.").arg(showControls(*saved))
                                         : errorLine(saved.error()));
                       });
    });
    dialog->open();
}

void ReportView::repeat()
{
    if (!m_report)
        return;
    const schedule::ReportRound round{m_report->kind, m_report->format};
    schedule::Scheduler& schedules = m_session.schedules();
    const auto isSame = [&round](const schedule::Schedule& each) {
        return each.work == schedule::ScheduledWork(round);
    };
    if (std::any_of(schedules.all().cbegin(), schedules.all().cend(), isSame))
        return say(tr("There is a schedule for this report: see Schedules on the Engine page."));
    const auto saved = schedules.save(schedule::weeklyReport(round));
    say(saved ? tr("It is made every Monday at 07:00 from now on, while Queuedeck is open: see "
                   "Schedules on the Engine page.")
              : errorLine(saved.error()));
}

void ReportView::say(const QString& words)
{
    m_note->setText(words);
    m_note->setVisible(!words.isEmpty());
}

void ReportView::setUsed(bool isUsed)
{
    if (std::exchange(m_isUsed, isUsed) != isUsed)
        Q_EMIT usedChanged();
}

} // namespace queuedeck::ui
