// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/cleanupdialog.h"

#include "core/async/deliver.h"
#include "ui/dialogs/bulkrun.h"
#include "ui/dialogs/cleanupmodel.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kDebounceMs = 250;
constexpr int kMostDays = 36'500;
} // namespace

CleanUpDialog::CleanUpDialog(service::JobService& jobs, const QStringList& types, QWidget* parent)
    : ConfirmDialog(tr("Clean Up"), tr("Which finished jobs may go?"), parent)
    , m_jobs(jobs)
    , m_run(new BulkRun(this))
{
    setMinimumWidth(px(620));
    makeQuestion(types);
    makePreview();
    setButtons(tr("Keep Them"), tr("Counting…"), true);
    actButton()->setEnabled(false);
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &CleanUpDialog::ask);
    connect(this, &ConfirmDialog::confirmed, this, &CleanUpDialog::run);
    connect(m_run, &BulkRun::finished, this, [this](const base::Result<domain::Outcome>& outcome) {
        if (outcome)
            Q_EMIT done(*outcome);
        else
            Q_EMIT failed(outcome.error());
        accept();
    });
    ask();
}

void CleanUpDialog::makeQuestion(const QStringList& types)
{
    m_completed = new QCheckBox(tr("Completed"), this);
    m_failed = new QCheckBox(tr("Failed"), this);
    m_completed->setChecked(true);
    m_failed->setChecked(true);
    m_days = new QSpinBox(this);
    m_days->setObjectName("days"_L1);
    m_days->setRange(0, kMostDays);
    m_days->setValue(30);
    m_days->setAccessibleName(tr("Older than, in days"));
    m_type = new QComboBox(this);
    m_type->addItem(tr("All types"), QString());
    for (const QString& type : types)
        m_type->addItem(showControls(type), type);
    m_before = new Label({}, TextRole::Body, Color::Muted, this);

    const auto row = [](std::initializer_list<QWidget*> widgets) {
        auto* line = new QHBoxLayout;
        line->setSpacing(px(space::kM));
        for (QWidget* widget : widgets)
            line->addWidget(widget);
        line->addStretch();
        return line;
    };
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(px(space::kL));
    form->setVerticalSpacing(px(space::kS));
    const auto label = [this](const QString& text) {
        return new Label(text, TextRole::Body, Color::Muted, this);
    };
    form->addRow(label(tr("Status")),
                 row({m_completed, m_failed,
                      new Label(tr("Pending and processing are never offered."), TextRole::Body,
                                Color::Muted, this)}));
    form->addRow(label(tr("Older than")),
                 row({m_days, new Label(tr("days"), TextRole::Body, Color::Text, this), m_before}));
    Label* typeLabel = label(tr("Type"));
    typeLabel->setBuddy(m_type);
    form->addRow(typeLabel, row({m_type}));
    content()->addLayout(form);

    const auto again = [this] {
        ++m_generation;
        actButton()->setEnabled(false);
        actButton()->setText(tr("Counting…"));
        m_wait.start(kDebounceMs);
    };
    connect(m_completed, &QCheckBox::toggled, this, again);
    connect(m_failed, &QCheckBox::toggled, this, again);
    connect(m_days, &QSpinBox::valueChanged, this, again);
    connect(m_type, &QComboBox::currentIndexChanged, this, again);
}

void CleanUpDialog::makePreview()
{
    m_counted = new Label(tr("What goes"), TextRole::Strong, Color::Text, this);
    m_model = new CleanUpModel(this);
    m_table = new DataTable(tr("What goes"), this);
    m_table->setModel(m_model);
    m_table->setMinimumHeight(px(190));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(CleanUpModel::Type, QHeaderView::Stretch);
    m_note = new Label({}, TextRole::Body, Color::Muted, this);
    m_note->setWordWrap(true);
    for (QWidget* widget : {static_cast<QWidget*>(m_counted), static_cast<QWidget*>(m_table),
                            static_cast<QWidget*>(m_note), static_cast<QWidget*>(m_run)})
        content()->addWidget(widget);
}

void CleanUpDialog::ask()
{
    m_request = domain::CleanUp::olderThan(m_days->value(), QDateTime::currentDateTimeUtc());
    m_request.statuses.clear();
    if (m_completed->isChecked())
        m_request.statuses.push_back(domain::JobStatus::Completed);
    if (m_failed->isChecked())
        m_request.statuses.push_back(domain::JobStatus::Failed);
    m_request.type = m_type->currentData().toString();
    m_before->setText(tr("created before %1").arg(formatTime(m_request.before)));
    async::deliver(m_jobs.previewCleanUp(m_request), this,
                   [this, generation = m_generation](
                       const base::Result<domain::CleanUpPreview>& preview) {
                       if (generation != m_generation)
                           return; // the question has changed since
                       if (!preview) {
                           Q_EMIT failed(preview.error());
                           reject();
                           return;
                       }
                       show(*preview);
                   });
}

void CleanUpDialog::show(const domain::CleanUpPreview& preview)
{
    m_preview = preview;
    m_model->setPreview(preview);
    const int jobs = int(preview.ids.size());
    m_counted->setText(tr("What goes, counted exactly at %1").arg(formatClock(preview.countedAt)));
    QString note;
    if (jobs == 0)
        note = tr("Nothing is older than %n day(s).", nullptr, m_days->value());
    else if (!preview.samples.isEmpty())
        note = tr("Oldest: %1, created %2. They are kept in the journal and can be restored.")
                   .arg(shortId(preview.samples.front().id.value),
                        formatTime(preview.samples.front().createdAt));
    if (preview.unknownKept > 0)
        note += QLatin1Char('\n')
                + tr("%n row(s) with an unknown status stay.", nullptr, int(preview.unknownKept));
    m_note->setText(note);
    setButtons(tr("Keep Them"), tr("Delete %n Job(s)", nullptr, jobs), true);
    actButton()->setEnabled(jobs > 0);
}

void CleanUpDialog::run()
{
    setFoot(tr("Running."));
    for (QWidget* widget : {static_cast<QWidget*>(m_completed), static_cast<QWidget*>(m_failed),
                            static_cast<QWidget*>(m_days), static_cast<QWidget*>(m_type),
                            static_cast<QWidget*>(actButton())})
        widget->setEnabled(false);
    safeButton()->setText(tr("Stop Here"));
    disconnect(safeButton(), &QPushButton::clicked, this, &QDialog::reject);
    connect(safeButton(), &QPushButton::clicked, m_run, &BulkRun::stopHere);
    m_run->start([this](const service::ChangeOptions& options) {
        return m_jobs.cleanUp(m_request, m_preview, options);
    });
}

} // namespace queuedeck::ui
