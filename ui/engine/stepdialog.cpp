// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/stepdialog.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kMostShown = 120; ///< characters of a value; the tooltip has more

LineCell cell(const QString& text, bool isStrong)
{
    const QString line = firstLine(text);
    const QString shown = line.size() > kMostShown ? line.left(kMostShown) + u'…' : line;
    return {shown, {}, text.isEmpty(), isStrong, false, showControls(text.left(2000))};
}

Line line(const QString& name, const QString& before, const QString& after)
{
    return {{name, {}, true}, cell(before, false), cell(after, before != after)};
}

Line statusLine(const domain::Job& before, const domain::Job& after)
{
    const Mark was = markOf(before);
    const Mark is = markOf(after);
    return {{StepDialog::tr("status"), {}, true},
            {markWord(was), was},
            {markWord(is), is, false, was != is}};
}

QString text(const std::optional<int>& number)
{
    return number ? QString::number(*number) : StepDialog::tr("NULL");
}

QString text(const QString& value)
{
    return value.isNull() ? StepDialog::tr("NULL") : value;
}

QString text(const QDateTime& time)
{
    return time.isValid() ? formatTime(time) : StepDialog::tr("NULL");
}

QVector<Line> linesOf(const domain::JobDetail& before, const domain::JobDetail& after)
{
    return {
        statusLine(before.job, after.job),
        line(u"attempts"_s, text(before.job.attempts), text(after.job.attempts)),
        line(u"error"_s, text(before.job.error), text(after.job.error)),
        line(u"completedAt"_s, text(before.job.completedAt), text(after.job.completedAt)),
        line(u"createdAt"_s, text(before.job.createdAt), text(after.job.createdAt)),
        line(u"payload"_s, QString::fromUtf8(before.payload), QString::fromUtf8(after.payload))};
}
} // namespace

StepDialog::StepDialog(service::Session& session, const service::EngineSettings& settings,
                       QWidget* parent)
    : Dialog(u"stepDialog"_s, tr("Step One Job"), parent)
    , m_session(session)
    , m_settings(settings)
    , m_title(new Label(tr("Run the job that is next, and see what becomes of its row."),
                        TextRole::Title))
    , m_row(new LinesTable(
          tr("The row before and after"),
          {{tr("Column"), 104, false}, {tr("Before"), 230, false}, {tr("After"), 0, false}}))
    , m_said(new Strip(this))
    , m_open(makeButton(tr("Show the Job"), this, ButtonRole::Quiet))
    , m_go(makeButton(Icon::Step, tr("Run One Job"), this, ButtonRole::Primary))
{
    m_row->setObjectName(u"row"_s);
    m_said->setObjectName(u"said"_s);
    m_open->setObjectName(u"open"_s);
    m_go->setObjectName(u"go"_s);
    m_title->setObjectName(u"title"_s);

    content()->addWidget(m_title);
    content()->addWidget(m_row);
    content()->addWidget(m_said);
    content()->addStretch(1);
    QPushButton* const close = makeButton(tr("Close"), this);
    addToFootLeft(m_open);
    addToFoot(close);
    addToFoot(m_go);
    m_row->hide();
    m_open->hide();
    m_said->say(Strip::Kind::Info, tr("It is run as an engine would run it: for real, and once."));
    resize(px(720), px(340));
    m_go->setFocus();

    connect(m_go, &QPushButton::clicked, this, &StepDialog::step);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_open, &QPushButton::clicked, this, [this] {
        Q_EMIT jobWanted(m_job);
        accept();
    });
}

// A running job is handed back.
StepDialog::~StepDialog()
{
    m_stop.request_stop();
}

void StepDialog::step()
{
    m_go->setEnabled(false);
    m_go->setText(tr("Running…"));
    m_stop = std::stop_source();
    async::deliver(m_session.engine().step(m_settings, m_stop.get_token()), this,
                   [this](const base::Result<service::StepReport>& report) {
                       m_go->setEnabled(true);
                       m_go->setFocus();
                       m_session.changes().poke();
                       showReport(report);
                   });
}

void StepDialog::showReport(const base::Result<service::StepReport>& report)
{
    m_go->setText(tr("Run Another"));
    if (!report) {
        m_said->say(Strip::Kind::Error, errorLine(report.error()));
        return;
    }
    if (!report->before) {
        m_said->say(Strip::Kind::Info,
                    tr("Nothing could be run: no pending job has a handler here and is due."));
        return;
    }
    showRow(*report);
}

void StepDialog::showRow(const service::StepReport& report)
{
    const domain::JobDetail& before = *report.before;
    m_job = before.job.id;
    m_title->setText(tr("%1, %2").arg(showControls(before.job.type), m_job.value));
    m_open->show();
    if (!report.wasRun)
        m_said->say(Strip::Kind::Warning,
                    tr("It was not run: another processor took it, or it was handed back."));
    else if (!report.after)
        m_said->say(Strip::Kind::Warning, tr("It was run, and its row has since been deleted."));
    else if (report.after->job.status == domain::JobStatus::Completed)
        m_said->say(Strip::Kind::Ok, tr("Completed."));
    else
        m_said->say(Strip::Kind::Error,
                    report.after->job.status == domain::JobStatus::Pending
                        ? tr("It failed, and will be tried again after a while.")
                        : tr("It failed, and will not be tried again by itself."));
    m_row->setLines(report.after ? linesOf(before, *report.after) : linesOf(before, before));
    m_row->show();
}

} // namespace queuedeck::ui
