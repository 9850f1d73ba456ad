// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalpanel.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/journal/journalfoot.h"
#include "ui/journal/journalmodel.h"
#include "ui/journal/journalview.h"
#include "ui/journal/journalwords.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QScrollArea>
#include <QStackedLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JournalEntry;

namespace {
constexpr int kEntries = 1000;
constexpr int kViewWidth = 400;
} // namespace

JournalPanel::JournalPanel(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new JournalModel(this))
    , m_table(new DataTable(tr("Journal"), this))
    , m_view(new JournalView(session))
    , m_foot(new JournalFoot(this))
    , m_strip(new Strip(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout)
{
    m_table->setObjectName(u"journal"_s);
    setFocusProxy(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView& head = *m_table->horizontalHeader();
    const std::pair<int, int> widths[]{{JournalModel::When, 148},   {JournalModel::Action, 100},
                                       {JournalModel::Who, 110},    {JournalModel::Changed, 78},
                                       {JournalModel::Skipped, 78}, {JournalModel::State, 170}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, px(width));
    head.setSectionResizeMode(JournalModel::Scope, QHeaderView::Stretch);
    new Columns(u"journal"_s, *m_table);
    m_strip->setFlush(true);
    m_strip->setObjectName(u"unfinished"_s);
    m_empty->show(Icon::Journal, tr("Nothing was done here yet."),
                  tr("What people change is listed here, and can be undone."));

    auto* list = new QWidget(this);
    auto* row = new QHBoxLayout(list);
    row->setContentsMargins({});
    row->setSpacing(0);
    auto* entries = new QVBoxLayout;
    entries->setSpacing(0);
    entries->addWidget(m_table, 1);
    entries->addWidget(new Hairline);
    entries->addWidget(m_foot);
    row->addLayout(entries, 1);
    row->addWidget(new Hairline(Qt::Vertical, list));
    QScrollArea* const pane = makeScrollColumn(m_view, list);
    pane->setFixedWidth(px(kViewWidth));
    row->addWidget(pane);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(list);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addLayout(m_stack, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &JournalPanel::showCurrent);
    connect(m_view, &JournalView::undoWanted, this, &JournalPanel::undoWanted);
    connect(m_view, &JournalView::resumeWanted, this, &JournalPanel::resumeWanted);
    connect(m_foot, &JournalFoot::forgetWanted, this, &JournalPanel::forgetWanted);
    connect(m_view, &JournalView::copied, this, &JournalPanel::copied);
    connect(m_strip, &Strip::pressed, this, [this] {
        if (const JournalEntry* entry = unfinished())
            Q_EMIT resumeWanted(*entry);
    });
    connect(m_strip, &Strip::secondPressed, this, [this] {
        if (const JournalEntry* entry = unfinished())
            m_left += entry->id.value;
        showUnfinished();
    });
    connect(&session.changes(), &service::ChangeFeed::changed, this, &JournalPanel::read);
}

void JournalPanel::setShown(bool shown)
{
    m_isShown = shown;
    if (shown)
        read();
}

void JournalPanel::read()
{
    if (!m_isShown || std::exchange(m_isReading, true))
        return;
    async::deliver(m_session.jobs().journal(kEntries), this,
                   [this](const base::Result<QVector<JournalEntry>>& entries) {
                       m_isReading = false;
                       if (entries)
                           show(*entries);
                       else
                           m_strip->say(Strip::Kind::Error, errorLine(entries.error()));
                   });
}

void JournalPanel::readSize()
{
    m_foot->setOff(changesOff(m_session));
    if (!m_sizeHold.hasExpired() || std::exchange(m_isReadingSize, true))
        return;
    QElapsedTimer took;
    took.start();
    async::deliver(m_session.jobs().journalSize(), this,
                   [this, took](const base::Result<domain::JournalSize>& size) {
                       m_isReadingSize = false;
                       m_sizeHold.setRemainingTime(qMax<qint64>(2'000, 30 * took.elapsed()));
                       if (size)
                           m_foot->setSize(*size);
                   });
}

void JournalPanel::show(const QVector<JournalEntry>& entries)
{
    const JournalEntry* held = m_model->entryAt(m_table->currentIndex().row());
    const domain::JournalId id = held ? held->id : domain::JournalId();
    m_model->setEntries(entries);
    m_stack->setCurrentIndex(entries.isEmpty() ? 0 : 1);
    Q_EMIT counted(entries.size() < kEntries ? formatCount(entries.size())
                                             : tr("≥ %1").arg(formatCount(kEntries)));
    if (entries.isEmpty())
        return;
    const int row = m_model->rowOf(id);
    if (m_table->currentIndex().row() != std::max(row, 0))
        m_table->selectRow(std::max(row, 0));
    showCurrent();
    showUnfinished();
    readSize();
}

void JournalPanel::showCurrent()
{
    const JournalEntry* entry = m_model->entryAt(m_table->currentIndex().row());
    m_view->setChangesOff(changesOff(m_session));
    m_view->setEntry(entry ? std::optional(*entry) : std::nullopt);
}

const JournalEntry* JournalPanel::unfinished() const
{
    const auto& entries = m_model->entries();
    const auto found = std::find_if(entries.begin(), entries.end(), [this](const auto& entry) {
        return entry.canResume() && !m_left.contains(entry.id.value);
    });
    return found == entries.end() ? nullptr : &*found;
}

void JournalPanel::showUnfinished()
{
    const JournalEntry* entry = unfinished();
    if (!entry) {
        m_strip->hide();
        return;
    }
    m_strip->setStrong(tr("Unfinished:"));
    m_strip->say(Strip::Kind::Warning,
                 tr("%1, begun at %2, ended at %3. %4 were not touched.")
                     .arg(journalwords::what(*entry), formatClock(entry->at),
                          formatCount(entry->done), formatCount(entry->total - entry->done)),
                 changesOff(m_session).isEmpty() ? journalwords::resumeButton(*entry) : QString(),
                 Icon::Play);
    m_strip->setSecondButton(tr("Leave It"));
}

} // namespace queuedeck::ui
