// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/cleanupdialog.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "core/service/session.h"
#include "ui/dialogs/words.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QSpinBox>
#include <QStandardItemModel>

namespace queuedeck::ui {
namespace {

constexpr int kBatch = 500;
constexpr int kDays = 30;
constexpr int kMostLines = 8;

QStandardItem* makeItem(const QString& text, bool isRight = false)
{
    auto* item = new QStandardItem(text);
    item->setEditable(false);
    if (isRight)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

DataTable* makeTable(const QString& name, QStandardItemModel* model, int stretched)
{
    auto* table = new DataTable(name);
    table->setModel(model);
    table->setCompact(true);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setFrameShape(QFrame::Box);
    table->horizontalHeader()->setSectionsClickable(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return table;
}

void rightHeads(QStandardItemModel* model, std::initializer_list<int> columns)
{
    for (int column : columns)
        model->setHeaderData(column, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter),
                             Qt::TextAlignmentRole);
}

} // namespace

CleanUpDialog::CleanUpDialog(service::Session& session, QWidget* parent)
    : BulkDialog(Deed::CleanUp, tr("Clean Up"), tr("Which finished jobs may go?"), parent)
    , m_session(session)
    , m_lineModel(new QStandardItemModel(this))
    , m_sampleModel(new QStandardItemModel(this))
    , m_batches(new Strip)
{
    setButtons(tr("Keep Them"), tr("Counting…"), Icon::Delete, true);
    m_lineModel->setHorizontalHeaderLabels({tr("Status"), tr("Type"), tr("Jobs"), tr("Size")});
    m_sampleModel->setHorizontalHeaderLabels({tr("Job"), tr("Created")});
    rightHeads(m_lineModel, {2, 3});
    rightHeads(m_sampleModel, {1});
    body()->addWidget(makeChoice());
    body()->addWidget(makePreview(), 1);
    body()->addWidget(m_batches);
    resize(px(750), px(560));
    m_settle.setSingleShot(true);
    m_settle.setInterval(250);
    connect(&m_settle, &QTimer::timeout, this, &CleanUpDialog::count);
    connect(m_completed, &QCheckBox::toggled, this, &CleanUpDialog::choose);
    connect(m_failed, &QCheckBox::toggled, this, &CleanUpDialog::choose);
    connect(m_days, &QSpinBox::valueChanged, this, &CleanUpDialog::choose);
    connect(m_type, &QComboBox::currentIndexChanged, this, &CleanUpDialog::choose);
    choose();
    m_settle.stop();
    count();
    fillTypes();
}

QWidget* CleanUpDialog::makeChoice()
{
    auto* choice = new QWidget;
    auto* grid = new QGridLayout(choice);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(px(space::kL));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnStretch(1, 1);
    const auto addRow = [grid](int row, const QString& name,
                               std::initializer_list<QWidget*> parts) {
        grid->addWidget(new Label(name, TextRole::Body, Color::Muted), row, 0);
        auto* line = new QHBoxLayout;
        line->setSpacing(px(space::kS));
        for (QWidget* part : parts)
            line->addWidget(part);
        line->addStretch(1);
        grid->addLayout(line, row, 1);
    };
    m_completed = new QCheckBox(tr("Completed"));
    m_completed->setObjectName(QStringLiteral("completed"));
    m_completed->setChecked(true);
    m_failed = new QCheckBox(tr("Failed"));
    m_failed->setObjectName(QStringLiteral("failed"));
    m_failed->setChecked(true);
    addRow(0, tr("Status"),
           {m_completed, m_failed,
            new Label(tr("Pending and processing are never offered."), TextRole::Small,
                      Color::Muted)});
    m_days = new QSpinBox;
    m_days->setObjectName(QStringLiteral("days"));
    m_days->setRange(0, 36'500);
    m_days->setValue(kDays);
    m_days->setAccessibleName(tr("Older than, in days"));
    m_days->setFixedWidth(px(62));
    m_before = new Label({}, TextRole::Small, Color::Muted);
    addRow(1, tr("Older than"), {m_days, new Label(tr("days")), m_before});
    m_type = new QComboBox;
    m_type->setObjectName(QStringLiteral("type"));
    m_type->setAccessibleName(tr("Type"));
    m_type->setMinimumWidth(px(212));
    m_type->addItem(tr("All types"), QString());
    for (const QString& type : domain::knownJobTypes())
        m_type->addItem(type, type);
    addRow(2, tr("Type"), {m_type});
    return choice;
}

QWidget* CleanUpDialog::makePreview()
{
    auto* preview = new QWidget;
    auto* grid = new QGridLayout(preview);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kXs));
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 1);
    const auto head = [](const QString& title, Label* note) {
        auto* row = new QHBoxLayout;
        row->setSpacing(px(space::kS));
        row->addWidget(new Label(title, TextRole::Strong));
        row->addWidget(note, 1);
        return row;
    };
    m_countedAt = new Label({}, TextRole::Small, Color::Muted);
    grid->addLayout(head(tr("What goes"), m_countedAt), 0, 0);
    grid->addLayout(
        head(tr("Samples"), new Label(tr("oldest, middle, newest"), TextRole::Small, Color::Muted)),
        0, 1);
    m_lines = makeTable(tr("What goes"), m_lineModel, 1);
    m_lines->setObjectName(QStringLiteral("lines"));
    m_lines->setMinimumHeight(px(size::kTableHeader + 6 * size::kRowCompact));
    grid->addWidget(m_lines, 1, 0, 2, 1);
    m_samples = makeTable(tr("Samples"), m_sampleModel, 0);
    m_samples->setFixedHeight(px(size::kTableHeader + 3 * size::kRowCompact) + 2);
    grid->addWidget(m_samples, 1, 1);
    m_note = new Label({}, TextRole::Small, Color::Muted);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    grid->addWidget(m_note, 2, 1);
    grid->setRowStretch(2, 1);
    return preview;
}

/// The types that are really there, behind the built-in ones.
void CleanUpDialog::fillTypes()
{
    async::deliver(m_session.jobs().snapshot(), this,
                   [this](const base::Result<domain::QueueSnapshot>& snapshot) {
                       if (!snapshot)
                           return; // the known ones stay
                       for (const QString& type : snapshot->byType.keys()) {
                           if (m_type->findData(type) < 0)
                               m_type->addItem(showControls(type), type);
                       }
                   });
}

void CleanUpDialog::choose()
{
    m_isCounted = false;
    ++m_question;
    clearError();
    setDoText(tr("Counting…"), false);
    m_countedAt->setText(tr("counting…"));
    m_request = domain::CleanUp::olderThan(m_days->value(), QDateTime::currentDateTimeUtc());
    m_request.statuses.clear();
    if (m_completed->isChecked())
        m_request.statuses.append(domain::JobStatus::Completed);
    if (m_failed->isChecked())
        m_request.statuses.append(domain::JobStatus::Failed);
    m_request.type = m_type->currentData().toString();
    m_before->setText(tr("created before %1 UTC")
                          .arg(m_request.before.toString(QStringLiteral("yyyy-MM-dd hh:mm"))));
    m_settle.start();
}

void CleanUpDialog::count()
{
    if (m_request.statuses.isEmpty()) {
        domain::CleanUpPreview none;
        none.countedAt = QDateTime::currentDateTimeUtc();
        showCount(none);
        setFoot(tr("No status is chosen. Nothing has been changed yet."));
        return;
    }
    async::deliver(
        m_session.jobs().previewCleanUp(m_request), this,
        [this, question = m_question](const base::Result<domain::CleanUpPreview>& preview) {
            if (question == m_question && !isRunning())
                showCount(preview);
        });
}

void CleanUpDialog::showCount(const base::Result<domain::CleanUpPreview>& preview)
{
    if (!preview) {
        m_countedAt->setText(tr("not counted"));
        setDoText(tr("Delete Jobs"), false);
        showError(preview.error());
        return;
    }
    m_preview = *preview;
    m_isCounted = true;
    setFoot(tr("Nothing has been changed yet."));
    m_countedAt->setText(tr("counted exactly at %1").arg(formatClock(m_preview.countedAt)));
    showLines();
    showSamples();
    const qint64 jobs = m_preview.ids.size();
    setDoText(jobs > 0 ? counted(QT_TRANSLATE_N_NOOP("Dialogs", "Delete %L1 Jobs"), jobs)
                       : tr("Delete Jobs"),
              jobs > 0);
    if (jobs == 0) {
        m_batches->say(Strip::Kind::Info,
                       counted(QT_TRANSLATE_N_NOOP("Dialogs", "Nothing is older than %L1 days."),
                               m_days->value()));
        return;
    }
    m_batches->say(
        Strip::Kind::Info,
        counted(QT_TRANSLATE_N_NOOP(
                    "Dialogs", "%L1 batches of 500. You can stop between two of them. Undo is in "
                               "the journal."),
                (jobs + kBatch - 1) / kBatch));
}

void CleanUpDialog::showLines()
{
    m_lineModel->removeRows(0, m_lineModel->rowCount());
    const auto add = [this](domain::JobStatus status, const QString& type, qint64 jobs,
                            qint64 bytes) {
        QStandardItem* mark = makeItem(markWord(markOf(status)));
        mark->setData(int(markOf(status)), role::Mark);
        m_lineModel->appendRow({mark, makeItem(type), makeItem(formatCount(jobs), true),
                                makeItem(formatBytes(bytes), true)});
    };
    const qsizetype shown =
        m_preview.lines.size() > kMostLines ? kMostLines - 1 : m_preview.lines.size();
    for (const domain::CleanUpLine& line : m_preview.lines.first(shown))
        add(line.status, showControls(line.type), line.jobs, line.bytes);
    for (domain::JobStatus status : {domain::JobStatus::Completed, domain::JobStatus::Failed}) {
        qint64 types = 0;
        qint64 jobs = 0;
        qint64 bytes = 0;
        for (const domain::CleanUpLine& line : m_preview.lines.sliced(shown)) {
            if (line.status != status)
                continue;
            ++types;
            jobs += line.jobs;
            bytes += line.bytes;
        }
        if (types > 0)
            add(status, counted(QT_TRANSLATE_N_NOOP("Dialogs", "%L1 other types"), types), jobs,
                bytes);
    }
    QList<QStandardItem*> total{makeItem(tr("Total")), makeItem({}),
                                makeItem(formatCount(m_preview.jobs()), true),
                                makeItem(formatBytes(m_preview.bytes()), true)};
    for (QStandardItem* item : total)
        item->setData(true, role::Strong);
    m_lineModel->appendRow(total);
}

void CleanUpDialog::showSamples()
{
    m_sampleModel->removeRows(0, m_sampleModel->rowCount());
    for (const domain::Job& job : m_preview.samples) {
        QStandardItem* id = makeItem(shortId(job.id.value));
        id->setData(int(markOf(job)), role::Mark);
        id->setData(true, role::FixedFont);
        id->setToolTip(job.id.value);
        m_sampleModel->appendRow(
            {id, makeItem(job.createdAt.toString(QStringLiteral("yyyy-MM-dd")), true)});
    }
    QStringList notes;
    if (m_preview.unknownKept > 0)
        notes.append(
            counted(QT_TRANSLATE_N_NOOP("Dialogs", "%L1 rows with an unknown status stay."),
                    m_preview.unknownKept));
    if (m_preview.bytes() > 0)
        notes.append(tr("The %1 become free inside the table; its file does not shrink by itself.")
                         .arg(formatBytes(m_preview.bytes())));
    m_note->setText(notes.join(QLatin1Char(' ')));
}

void CleanUpDialog::proceed()
{
    if (!m_isCounted || m_preview.ids.isEmpty())
        return;
    m_settle.stop();
    run(
        [this](const service::ChangeOptions& options) {
            return m_session.jobs().cleanUp(m_request, m_preview, options);
        },
        m_preview.ids.size());
}

} // namespace queuedeck::ui
