// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/cleanupdialog.h"

#include "core/async/deliver.h"
#include "ui/dialogs/jobwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JobStatus;

namespace {

constexpr int kMostLines = 8; ///< further types of a status are summed up

Label* caption(const QString& text, QWidget* buddy)
{
    auto* label = new Label(text, TextRole::Body, Color::Muted);
    label->setBuddy(buddy);
    return label;
}

/// The lines of the preview, the largest types first, the small ones of a status in one line.
QVector<Line> linesOf(const domain::CleanUpPreview& preview)
{
    QVector<Line> lines;
    for (const JobStatus status : {JobStatus::Completed, JobStatus::Failed}) {
        QVector<domain::CleanUpLine> ofStatus;
        for (const domain::CleanUpLine& line : preview.lines) {
            if (line.status == status)
                ofStatus += line;
        }
        std::sort(ofStatus.begin(), ofStatus.end(),
                  [](const auto& a, const auto& b) { return a.jobs > b.jobs; });
        const int most = kMostLines / 2;
        if (ofStatus.size() > most) {
            domain::CleanUpLine rest{status, {}, 0, 0};
            rest.type =
                CleanUpDialog::tr("%n other types", nullptr, int(ofStatus.size()) - most + 1);
            for (qsizetype i = most - 1; i < ofStatus.size(); ++i) {
                rest.jobs += ofStatus[i].jobs;
                rest.bytes += ofStatus[i].bytes;
            }
            ofStatus.resize(most - 1);
            ofStatus += rest;
        }
        const Mark mark = markOf(status);
        for (const domain::CleanUpLine& line : std::as_const(ofStatus))
            lines += Line{{markWord(mark), mark},
                          {showControls(line.type)},
                          {formatCount(line.jobs)},
                          {formatBytes(line.bytes)}};
    }
    if (!lines.isEmpty())
        lines += Line{{CleanUpDialog::tr("Total"), {}, false, true},
                      {},
                      {formatCount(preview.jobs()), {}, false, true},
                      {formatBytes(preview.bytes()), {}, false, true}};
    return lines;
}

} // namespace

CleanUpDialog::CleanUpDialog(service::JobService& jobs, const QStringList& types, QWidget* parent)
    : BulkDialog(parent)
    , m_jobs(jobs)
{
    setObjectName(u"cleanUpDialog"_s);
    setWindowTitle(tr("Clean Up"));
    content()->addWidget(new Label(tr("Which finished jobs may go?"), TextRole::Title));
    content()->addWidget(makeForm(types));
    content()->addWidget(makePreview());
    m_note = new Strip(this);
    m_note->setObjectName(u"note"_s);
    content()->addWidget(m_note);
    content()->addStretch(1);
    setButtons(tr("Keep Them"), true);
    setMinimumWidth(px(750));
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(std::chrono::milliseconds(250));
    connect(&m_debounce, &QTimer::timeout, this, &CleanUpDialog::look);
    changed();
    look();
}

QWidget* CleanUpDialog::makeForm(const QStringList& types)
{
    auto* form = new QWidget(this);
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnMinimumWidth(0, px(80));
    grid->setColumnStretch(1, 1);

    m_completed = new QCheckBox(tr("Completed"), form);
    m_failed = new QCheckBox(tr("Failed"), form);
    m_completed->setObjectName(u"completed"_s);
    m_failed->setObjectName(u"failed"_s);
    m_completed->setChecked(true);
    m_failed->setChecked(true);
    auto* status = new QHBoxLayout;
    status->setSpacing(px(space::kL));
    status->addWidget(m_completed);
    status->addWidget(m_failed);
    status->addWidget(
        new Label(tr("Pending and processing are never offered."), TextRole::Small, Color::Muted));
    status->addStretch(1);
    grid->addWidget(new Label(tr("Status"), TextRole::Body, Color::Muted), 0, 0);
    grid->addLayout(status, 0, 1);

    m_days = new QSpinBox(form);
    m_days->setObjectName(u"days"_s);
    m_days->setRange(0, 36'500);
    m_days->setValue(30);
    m_days->setAccessibleName(tr("Older than, in days"));
    m_before = new Label({}, TextRole::Small, Color::Muted);
    auto* age = new QHBoxLayout;
    age->setSpacing(px(space::kS));
    age->addWidget(m_days);
    age->addWidget(new Label(tr("days")));
    age->addWidget(m_before);
    age->addStretch(1);
    grid->addWidget(caption(tr("Older than"), m_days), 1, 0);
    grid->addLayout(age, 1, 1);

    m_type = new QComboBox(form);
    m_type->setObjectName(u"type"_s);
    m_type->setAccessibleName(tr("Type"));
    m_type->addItem(tr("All types"));
    for (const QString& type : types)
        m_type->addItem(showControls(type), type);
    m_type->setMinimumWidth(px(220));
    grid->addWidget(caption(tr("Type"), m_type), 2, 0);
    grid->addWidget(m_type, 2, 1, Qt::AlignLeft);

    for (QCheckBox* box : {m_completed, m_failed})
        connect(box, &QCheckBox::toggled, this, &CleanUpDialog::changed);
    connect(m_days, &QSpinBox::valueChanged, this, &CleanUpDialog::changed);
    connect(m_type, &QComboBox::currentIndexChanged, this, &CleanUpDialog::changed);
    return form;
}

QWidget* CleanUpDialog::makePreview()
{
    auto* preview = new QWidget(this);
    auto* grid = new QGridLayout(preview);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 1);

    auto* head = new QHBoxLayout;
    m_counted = new Label({}, TextRole::Small, Color::Muted);
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("What goes"), TextRole::Strong));
    head->addWidget(m_counted);
    head->addStretch(1);
    grid->addLayout(head, 0, 0);
    auto* sampleHead = new QHBoxLayout;
    sampleHead->setSpacing(px(space::kS));
    sampleHead->addWidget(new Label(tr("Samples"), TextRole::Strong));
    sampleHead->addWidget(new Label(tr("oldest, middle, newest"), TextRole::Small, Color::Muted));
    sampleHead->addStretch(1);
    grid->addLayout(sampleHead, 0, 1);

    m_lines = new LinesTable(tr("What goes"), {{tr("Status"), 112, false},
                                               {tr("Type"), 0, false},
                                               {tr("Jobs"), 84, true},
                                               {tr("Size"), 76, true}});
    m_lines->setObjectName(u"lines"_s);
    m_samples = new LinesTable(tr("Samples"), {{tr("Job"), 0, false}, {tr("Created"), 100, true}});
    m_samples->setMinimumWidth(shortIdWidth() + px(size::kStatusIcon) + px(100) + px(space::kS) +
                               2);
    m_kept = new Label({}, TextRole::Small, Color::Muted);
    m_kept->setWordWrap(true);
    auto* samples = new QVBoxLayout;
    samples->setSpacing(px(space::kS));
    samples->addWidget(m_samples);
    samples->addWidget(m_kept);
    samples->addStretch(1);
    grid->addWidget(m_lines, 1, 0, Qt::AlignTop);
    grid->addLayout(samples, 1, 1);
    return preview;
}

domain::CleanUp CleanUpDialog::request() const
{
    domain::CleanUp request =
        domain::CleanUp::olderThan(m_days->value(), QDateTime::currentDateTimeUtc());
    request.statuses.clear();
    if (m_completed->isChecked())
        request.statuses += JobStatus::Completed;
    if (m_failed->isChecked())
        request.statuses += JobStatus::Failed;
    request.type = m_type->currentData().toString();
    return request;
}

void CleanUpDialog::changed()
{
    ++m_generation; // a running query is for an earlier request
    setCounting();
    m_before->setText(
        tr("created before %1 UTC").arg(request().before.toUTC().toString(u"yyyy-MM-dd HH:mm"_s)));
    m_debounce.start();
}

void CleanUpDialog::look()
{
    m_debounce.stop();
    clearError();
    m_request = request();
    if (m_request.statuses.isEmpty()) {
        showPreview({});
        m_note->say(Strip::Kind::Info, tr("No status is chosen, so nothing goes."));
        return;
    }
    async::deliver(
        m_jobs.previewCleanUp(m_request, stopToken()), this,
        [this, generation = m_generation](const base::Result<domain::CleanUpPreview>& preview) {
            if (generation != m_generation)
                return;
            if (preview)
                showPreview(*preview);
            else
                showError(preview.error());
        });
}

void CleanUpDialog::showPreview(const domain::CleanUpPreview& preview)
{
    m_preview = preview;
    const qint64 jobs = preview.jobs();
    m_counted->setText(preview.countedAt.isValid()
                           ? tr("counted exactly at %1").arg(formatClock(preview.countedAt))
                           : QString());
    m_lines->setLines(linesOf(preview));
    QVector<Line> samples;
    for (const domain::Job& job : preview.samples) {
        const QString created = job.createdAt.isValid()
                                    ? job.createdAt.toUTC().date().toString(Qt::ISODate)
                                    : tr("not known");
        samples += Line{{shortId(job.id.value), markOf(job), false, false, true, job.id.value},
                        {created, {}, true, false, false, formatBothTimes(job.createdAt)}};
    }
    m_samples->setLines(samples);
    m_kept->setText(
        preview.unknownKept > 0
            ? tr("%1 with an unknown status stay.").arg(formatCount(preview.unknownKept))
            : QString());
    m_kept->setVisible(preview.unknownKept > 0);
    showLost(jobs > 0 ? preview.lost : base::Sentences());
    if (jobs > 0)
        m_note->say(Strip::Kind::Info, jobwords::batches(jobs, hasUndo()));
    else
        m_note->say(Strip::Kind::Info, tr("Nothing is older than %1 days.").arg(m_days->value()));
    setGo(jobs > 0 ? jobwords::goButton(domain::JobAction::Delete, jobs) : tr("Nothing to Delete"),
          jobs > 0);
    QTimer::singleShot(0, this, [this] { adjustSize(); }); // once the layouts know the new lines
}

void CleanUpDialog::go()
{
    if (!isRunning() && m_preview.jobs() > 0)
        follow(m_jobs.cleanUp(m_request, m_preview, begin()));
}

} // namespace queuedeck::ui
