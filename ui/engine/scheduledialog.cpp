// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/scheduledialog.h"

#include "core/domain/cronwords.h"
#include "core/schedule/scheduler.h"
#include "core/service/session.h"
#include "ui/engine/schedulewords.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
enum What { Local, Remote, CleanUp, Report };

constexpr std::pair<const char*, const char*> kExamples[] = {
    {"*/5 * * * *", QT_TRANSLATE_NOOP("ScheduleDialog", "Every 5 minutes")},
    {"0 * * * *", QT_TRANSLATE_NOOP("ScheduleDialog", "Every hour")},
    {"*/15 8-18 * * MON-FRI",
     QT_TRANSLATE_NOOP("ScheduleDialog", "Every 15 minutes of a working day")},
    {"0 2 * * *", QT_TRANSLATE_NOOP("ScheduleDialog", "Every night at 02:00")},
    {"0 7 * * MON", QT_TRANSLATE_NOOP("ScheduleDialog", "Mondays at 07:00")},
    {"0 3 * * SUN", QT_TRANSLATE_NOOP("ScheduleDialog", "Sundays at 03:00")},
};

QSpinBox* spinBox(const QString& name, int most, int value, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setRange(1, most);
    box->setValue(value);
    box->setMinimumWidth(px(72));
    return box;
}

// A left-aligned row of controls.
template <class... Widgets>
QWidget* rowOf(Widgets*... widgets)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(px(space::kS));
    (layout->addWidget(widgets), ...);
    layout->addStretch(1);
    return row;
}
} // namespace

ScheduleDialog::ScheduleDialog(service::Session& session, const schedule::Schedule& schedule,
                               QWidget* parent)
    : Dialog(u"scheduleDialog"_s, schedule.id.isEmpty() ? tr("Add Schedule") : tr("Edit Schedule"),
             parent)
    , m_session(session)
    , m_id(schedule.id)
    , m_isEnabled(schedule.enabled)
    , m_name(new QLineEdit(this))
    , m_what(new QComboBox(this))
    , m_details(new QStackedWidget(this))
    , m_jobs(spinBox(u"jobs"_s, 10'000'000, 10, this))
    , m_url(new QLineEdit(this))
    , m_jobsACall(spinBox(u"jobsACall"_s, 1000, 10, this))
    , m_drain(new QCheckBox(tr("Repeat while pending falls"), this))
    , m_days(spinBox(u"days"_s, 36'500, 30, this))
    , m_completed(new QCheckBox(tr("Completed"), this))
    , m_failed(new QCheckBox(tr("Failed"), this))
    , m_report(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_cron(new QLineEdit(this))
    , m_zone(new QComboBox(this))
    , m_words(new Label({}, TextRole::Strong))
    , m_runs(new Label({}, TextRole::Small, Color::Muted))
    , m_go(makeButton(m_id.isEmpty() ? tr("Add Schedule") : tr("Save Schedule"), this,
                      ButtonRole::Primary))
{
    m_name->setObjectName(u"name"_s);
    m_name->setMaxLength(200);
    m_go->setObjectName(u"go"_s);
    auto* form = new QGridLayout;
    form->setHorizontalSpacing(px(space::kM));
    form->setVerticalSpacing(px(space::kS));
    form->setColumnStretch(1, 1);
    form->setColumnMinimumWidth(0, px(72));
    addRow(form, tr("Name"), m_name);
    addRow(form, tr("What"), makeWork());
    addRow(form, tr("When"), makeTime());
    content()->addLayout(form);
    content()->addStretch(1);
    setNote(tr("Runs only while Queuedeck is open."));
    QPushButton* const keep =
        makeButton(m_id.isEmpty() ? tr("Don’t Add") : tr("Keep as It Is"), this);
    addToFoot(keep);
    addToFoot(m_go);
    resize(px(600), px(440));

    fill(schedule);
    for (QLineEdit* edit : {m_cron, m_url, m_name})
        connect(edit, &QLineEdit::textChanged, this, &ScheduleDialog::refresh);
    for (QComboBox* combo : {m_what, m_zone, m_report, m_format})
        connect(combo, &QComboBox::currentTextChanged, this, &ScheduleDialog::refresh);
    for (QCheckBox* box : {m_completed, m_failed, m_drain})
        connect(box, &QCheckBox::toggled, this, &ScheduleDialog::refresh);
    for (QSpinBox* box : {m_jobs, m_jobsACall, m_days})
        connect(box, &QSpinBox::valueChanged, this, &ScheduleDialog::refresh);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ScheduleDialog::save);
    m_cron->setFocus();
    refresh();
}

void ScheduleDialog::addRow(QGridLayout* form, const QString& text, QWidget* widget)
{
    auto* label = new Label(text, TextRole::Body, Color::Muted);
    label->setBuddy(widget);
    label->setMinimumHeight(px(size::kControl));
    const int row = form->rowCount();
    form->addWidget(label, row, 0, Qt::AlignTop);
    form->addWidget(widget, row, 1);
}

QWidget* ScheduleDialog::makeWork()
{
    m_what->setObjectName(u"what"_s);
    m_what->setAccessibleName(tr("What"));
    m_what->addItem(tr("Run jobs on this computer"));
    m_what->addItem(tr("Trigger the remote endpoint"));
    m_what->addItem(tr("Clean up old jobs"));
    m_what->addItem(tr("Make a report of the week before"));
    m_report->setObjectName(u"report"_s);
    m_report->setAccessibleName(tr("Report"));
    for (const QString& kind : domain::reportKinds())
        m_report->addItem(domain::reportTitle(*domain::reportKindFromText(kind)), kind);
    m_format->setObjectName(u"format"_s);
    m_format->setAccessibleName(tr("Format"));
    for (const QString& format : {u"pdf"_s, u"xlsx"_s, u"csv"_s})
        m_format->addItem(format.toUpper(), format);
    m_url->setObjectName(u"url"_s);
    m_url->setAccessibleName(tr("Endpoint"));
    m_url->setPlaceholderText(u"https://app.example"_s);
    m_drain->setObjectName(u"drain"_s);
    m_completed->setObjectName(u"completed"_s);
    m_failed->setObjectName(u"failed"_s);
    m_jobs->setAccessibleName(tr("Jobs per round"));
    m_jobsACall->setAccessibleName(tr("Jobs per call"));
    m_days->setAccessibleName(tr("Older than, in days"));

    auto* remote = new QWidget;
    auto* column = new QVBoxLayout(remote);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addWidget(m_url);
    column->addWidget(
        rowOf(new Label(tr("up to")), m_jobsACall, new Label(tr("jobs a call")), m_drain));
    m_details->addWidget(rowOf(new Label(tr("up to")), m_jobs, new Label(tr("jobs"))));
    m_details->addWidget(remote);
    m_details->addWidget(
        rowOf(m_completed, m_failed, new Label(tr("older than")), m_days, new Label(tr("days"))));
    m_details->addWidget(rowOf(m_report, new Label(tr("as")), m_format));
    auto* work = new QWidget;
    auto* rows = new QVBoxLayout(work);
    rows->setContentsMargins({});
    rows->setSpacing(px(space::kS));
    rows->addWidget(m_what, 0, Qt::AlignLeft);
    rows->addWidget(m_details);
    work->setFocusProxy(m_what);
    return work;
}

QWidget* ScheduleDialog::makeTime()
{
    m_cron->setObjectName(u"cron"_s);
    m_cron->setAccessibleName(tr("Cron expression"));
    m_cron->setFont(textFont(TextRole::Mono));
    setTip(m_cron, tr("minute hour day month weekday, as in cron; or @hourly, @daily, @weekly, "
                      "@monthly, @yearly"));
    auto* examples = makeButton(tr("Examples"), this);
    auto* menu = new QMenu(examples);
    for (const auto& [cron, text] : kExamples)
        menu->addAction(tr(text) + u'\t' + QLatin1StringView(cron), this,
                        [this, example = QString::fromLatin1(cron)] { m_cron->setText(example); });
    examples->setMenu(menu);
    m_zone->setObjectName(u"zone"_s);
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->setEditable(true);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(16);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    const QByteArray here = QTimeZone::systemTimeZoneId();
    m_zone->addItem(QString::fromLatin1(here));
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds()) {
        if (zone != here)
            m_zone->addItem(QString::fromLatin1(zone));
    }
    m_words->setObjectName(u"words"_s);
    m_words->setWordWrap(true);
    m_runs->setObjectName(u"runs"_s);
    m_runs->setMinimumHeight(kRunsShown * m_runs->fontMetrics().lineSpacing());
    m_runs->setAlignment(Qt::AlignTop);

    auto* line = new QHBoxLayout;
    line->setSpacing(px(space::kS));
    line->addWidget(m_cron, 1);
    line->addWidget(examples);
    line->addWidget(m_zone);
    auto* time = new QWidget;
    auto* rows = new QVBoxLayout(time);
    rows->setContentsMargins({});
    rows->setSpacing(px(space::kS));
    rows->addLayout(line);
    rows->addWidget(m_words);
    rows->addWidget(m_runs);
    time->setFocusProxy(m_cron);
    return time;
}

void ScheduleDialog::fill(const schedule::Schedule& schedule)
{
    if (schedule.name != schedulewords::work(schedule.work)) // a generated name follows the work
        m_name->setText(schedule.name);
    m_cron->setText(schedule.cron);
    if (!schedule.zone.isEmpty())
        m_zone->setCurrentText(QString::fromLatin1(schedule.zone));
    const schedule::CleanUpRound usual;
    m_completed->setChecked(usual.statuses.contains(domain::JobStatus::Completed));
    m_failed->setChecked(usual.statuses.contains(domain::JobStatus::Failed));
    if (const auto* local = std::get_if<schedule::LocalRound>(&schedule.work)) {
        m_what->setCurrentIndex(Local);
        m_jobs->setValue(local->maxJobs);
        m_types = local->types;
    } else if (const auto* remote = std::get_if<schedule::RemoteRound>(&schedule.work)) {
        m_what->setCurrentIndex(Remote);
        m_url->setText(remote->url);
        m_jobsACall->setValue(remote->maxJobs);
        m_drain->setChecked(remote->drain);
    } else if (const auto* cleanUp = std::get_if<schedule::CleanUpRound>(&schedule.work)) {
        m_what->setCurrentIndex(CleanUp);
        m_days->setValue(cleanUp->olderThanDays);
        m_completed->setChecked(cleanUp->statuses.contains(domain::JobStatus::Completed));
        m_failed->setChecked(cleanUp->statuses.contains(domain::JobStatus::Failed));
    } else if (const auto* report = std::get_if<schedule::ReportRound>(&schedule.work)) {
        m_what->setCurrentIndex(Report);
        m_report->setCurrentIndex(m_report->findData(domain::reportKindText(report->report)));
        m_format->setCurrentIndex(m_format->findData(domain::reportFormatText(report->format)));
    }
}

schedule::ScheduledWork ScheduleDialog::work() const
{
    switch (m_what->currentIndex()) {
    case Remote:
        return schedule::RemoteRound{m_url->text().trimmed(), m_jobsACall->value(),
                                     m_drain->isChecked()};
    case CleanUp: {
        schedule::CleanUpRound round{m_days->value(), {}};
        if (m_completed->isChecked())
            round.statuses += domain::JobStatus::Completed;
        if (m_failed->isChecked())
            round.statuses += domain::JobStatus::Failed;
        return round;
    }
    case Report:
        return schedule::ReportRound{
            domain::reportKindFromText(m_report->currentData().toString())
                .value_or(domain::ReportKind::QueueHealth),
            domain::reportFormatFromText(m_format->currentData().toString())
                .value_or(domain::ReportFormat::Pdf)};
    default: return schedule::LocalRound{m_jobs->value(), m_types};
    }
}

schedule::Schedule ScheduleDialog::schedule() const
{
    const QByteArray zone = m_zone->currentText().trimmed().toLatin1();
    const schedule::ScheduledWork toDo = work();
    const QString name = m_name->text().trimmed();
    return {m_id,
            name.isEmpty() ? schedulewords::work(toDo) : name,
            m_cron->text().trimmed(),
            zone == QTimeZone::systemTimeZoneId() ? QByteArray() : zone,
            toDo,
            m_isEnabled};
}

void ScheduleDialog::refresh()
{
    m_details->setCurrentIndex(m_what->currentIndex());
    const schedule::Schedule now = schedule();
    m_name->setPlaceholderText(schedulewords::work(now.work));
    const base::Status good = now.check();
    m_go->setEnabled(good.has_value());
    setTip(m_go, good ? QString() : good.error().detail.translated());
    const auto cron = domain::Cron::parse(now.cron);
    // The expression is put into words even while something else is wrong.
    m_words->setText(good || !cron ? schedulewords::time(now) : good.error().detail.translated());
    m_words->setColor(good ? Color::Text : Color::Danger);
    QStringList runs;
    if (cron && now.timeZone().isValid()) {
        for (const QDateTime& run :
             cron->nextRuns(kRunsShown, QDateTime::currentDateTimeUtc(), now.timeZone()))
            runs += schedulewords::moment(run, now);
    }
    m_runs->setText(runs.join(u'\n'));
}

void ScheduleDialog::save()
{
    const auto saved = m_session.schedules().save(schedule());
    if (saved) {
        accept();
        return;
    }
    m_words->setText(errorLine(saved.error()));
    m_words->setColor(Color::Danger);
}

} // namespace queuedeck::ui
