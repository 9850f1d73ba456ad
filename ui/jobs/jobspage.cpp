// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobspage.h"

#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "core/service/vocabularyfeed.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/cellfilter.h"
#include "ui/jobs/filtertext.h"
#include "ui/jobs/jobbar.h"
#include "ui/jobs/jobfacets.h"
#include "ui/jobs/joblist.h"
#include "ui/jobs/jobrows.h"
#include "ui/jobs/jobselection.h"
#include "ui/jobs/jobviews.h"
#include "ui/jobs/querybar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QMenu>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

JobsPage::JobsPage(service::Session& session, ActionSet& actions, QWidget* parent)
    : Page(u"jobs"_s, tr("Jobs"), Icon::Jobs, parent)
    , m_session(session)
    , m_actions(actions)
    , m_facets(new JobFacets(this))
    , m_bar(new JobBar(actions, this))
    , m_list(new JobList(session, actions))
    , m_views(new JobViews(session, m_list->columns(), this))
    , m_words(new service::VocabularyFeed(session.jobs(), session.snapshots(), this))
    , m_splitter(new QSplitter(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeQueryRow());
    column->addWidget(m_bar);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_list);
    m_splitter->setStretchFactor(0, 1);
    column->addWidget(m_splitter, 1);
    connectParts();
    connectActions();
    connectViews();
    connectCompletion();
    updateNarrow();
    m_list->setFilter({});
    updateScope();
}

JobsPage::~JobsPage() = default;

void JobsPage::connectParts()
{
    connect(m_query, &QueryBar::filterChanged, this, [this](const domain::JobFilter& filter) {
        m_facets->setText(filter.text());
        m_list->setFilter(filter);
        updateScope();
    });
    connect(m_query, &QueryBar::validChanged, this, &JobsPage::updateScope);
    connect(m_query, &QueryBar::left, this, [this] {
        if (!m_list->stopSlow())
            m_list->table()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_facets, &JobFacets::textWanted, this, &JobsPage::setFilterText);

    connect(m_list, &JobList::matchesChanged, this, &JobsPage::updateScope);
    connect(m_list, &JobList::newerChanged, this, &JobsPage::updateNewer);
    connect(m_list->table(), &DataTable::rowsCopied, this, &JobsPage::rowsCopied);
    connect(m_list, &JobList::listRead, this, &JobsPage::updateStatus);
    connect(m_list, &JobList::jobFound, this, &JobsPage::openDetail);
    connect(m_list, &JobList::clearWanted, this, [this] { setFilterText({}); });
    connect(m_list, &JobList::escaped, this, [this] {
        if (isDetailOpen())
            closeDetail();
        else
            m_list->clearSelection();
    });
    connect(m_list->table(), &DataTable::opened, this, &JobsPage::openDetail);
    connect(&m_list->selection(), &JobSelection::changed, this, &JobsPage::updateScope);
    connect(&m_list->selection(), &JobSelection::currentChanged, this,
            &JobsPage::currentJobChanged);
    connect(m_bar, &JobBar::newestWanted, m_list, &JobList::showNewest);

    const service::SnapshotFeed& snapshots = m_session.snapshots();
    const auto take = [this, &snapshots] {
        m_facets->setSnapshot(snapshots.current(), snapshots.behindSince());
        setCount(formatCount(snapshots.current().counts.total()));
    };
    connect(&snapshots, &service::SnapshotFeed::read, this, take);
    connect(&snapshots, &service::SnapshotFeed::aged, this, take);
    if (snapshots.current().takenAt.isValid())
        take();
}

void JobsPage::connectActions()
{
    const auto on = [this](ActionId id, auto act) {
        connect(m_actions.action(id), &QAction::triggered, this, [this, act] {
            if (isVisible())
                act();
        });
    };
    on(ActionId::Find, [this] { m_query->focusEdit(); });
    on(ActionId::SelectAll, [this] { selectAll(); });
    on(ActionId::CopyCell, [this] { m_list->table()->copyCell(); });
    on(ActionId::FilterCell, [this] { filterByCell(false); });
    on(ActionId::FilterWithoutCell, [this] { filterByCell(true); });
    on(ActionId::Refresh, [this] { m_list->readAgain(); });
}

SidebarModel* JobsPage::sidebar()
{
    return m_facets;
}

QList<QWidget*> JobsPage::regions()
{
    QList<QWidget*> regions{m_query->edit(), m_bar->first(), m_list->table()};
    if (isDetailOpen())
        regions.append(m_detail);
    return regions;
}

QWidget* JobsPage::mainWidget()
{
    return m_list->table();
}

void JobsPage::setShown(bool shown)
{
    m_list->setActive(shown);
    m_views->setShown(shown);
    if (shown)
        m_session.snapshots().refresh();
}

void JobsPage::setDetail(QWidget* detail)
{
    m_detail = detail;
    m_splitter->addWidget(detail);
    m_splitter->setStretchFactor(1, 0);
    detail->hide();
}

void JobsPage::openDetail()
{
    if (!m_detail || !m_list->table()->currentIndex().isValid())
        return;
    m_detail->show();
    updateNarrow();
}

void JobsPage::closeDetail()
{
    if (!m_detail)
        return;
    m_detail->hide();
    m_list->table()->setFocus(Qt::OtherFocusReason);
}

bool JobsPage::isDetailOpen() const
{
    return m_detail && !m_detail->isHidden();
}

void JobsPage::setFilterText(const QString& text)
{
    m_query->setText(text);
}

domain::JobId JobsPage::currentJob() const
{
    return m_list->selection().current();
}

void JobsPage::showJob(const domain::JobId& id)
{
    m_list->select(id);
    if (currentJob() != id)
        setFilterText(filterTerm(u"id"_s, id.value, u"="_s));
}

void JobsPage::updateScope()
{
    const JobSelection& selection = m_list->selection();
    m_scope.rows = selection.rows();
    m_scope.isAll = m_scope.rows > 0 && m_scope.rows == m_list->table()->model()->rowCount();
    m_scope.jobs = selection.jobs();
    m_scope.filter =
        m_query->hasError() ? std::nullopt : std::optional<domain::JobFilter>(m_query->filter());
    m_scope.matches = m_list->matches();
    m_bar->setScope(m_scope);
    const QString matches = matchText(m_scope);
    m_query->setMatches(matches.isEmpty() ? QString() : tr("%1 match").arg(matches));
    updateStatus();
    Q_EMIT scopeChanged(m_scope);
}

void JobsPage::updateNewer()
{
    const int newer = m_list->newer();
    m_bar->setNewer(newer == 0                    ? QString()
                    : newer >= JobRows::kPageSize ? tr("%1+ new").arg(JobRows::kPageSize)
                                                  : tr("%n new", nullptr, newer));
}

void JobsPage::updateStatus()
{
    QStringList texts;
    if (const QString matches = matchText(m_scope); !matches.isEmpty())
        texts.append(tr("%1 match").arg(matches));
    if (m_scope.rows > 0)
        texts.append(tr("%1 selected").arg(formatCount(m_scope.rows)));
    if (m_list->tookMs() >= 0 && m_scope.filter)
        texts.append(formatRunTime(std::chrono::milliseconds(m_list->tookMs())));
    setStatusTexts(texts);
}

void JobsPage::selectAll()
{
    if (!m_scope.filter)
        return; // the rows are of another query
    if (m_list->table()->model()->rowCount() > JobSelection::kMostRows)
        m_bar->focusMatching(); // this many need a filter
    else
        m_list->selectAll();
}

void JobsPage::filterByCell(bool without)
{
    if (const domain::Job* job = m_list->currentRow())
        setFilterText(filteredByCell(m_query->text(), *job,
                                     JobColumn(m_list->table()->currentIndex().column()), without));
}

void JobsPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    updateNarrow();
}

void JobsPage::updateNarrow()
{
    const bool isNarrow = window()->width() < px(size::kDetailBelowWidth);
    m_filters->setVisible(isNarrow);
    m_columns->setVisible(!isNarrow); // its header has the same menu
    m_bar->setNarrow(isNarrow);
    const Qt::Orientation turned = isNarrow ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == turned && m_splitter->property("placed").toBool())
        return;
    m_splitter->setOrientation(turned);
    if (!m_detail || m_splitter->width() <= 0)
        return;
    m_splitter->setProperty("placed", true);
    const int whole = isNarrow ? m_splitter->height() : m_splitter->width();
    const int detail = px(isNarrow ? size::kDetailBelow : size::kDetail);
    m_splitter->setSizes({qMax(whole - detail, 1), detail});
}

void JobsPage::fillFilterMenu()
{
    QMenu* menu = m_filters->menu();
    menu->clear();
    for (const SidebarItem& item : m_facets->items()) {
        if (item.isHead()) {
            menu->addSection(item.text);
            continue;
        }
        QAction* action = menu->addAction(
            item.count.isEmpty() ? item.text : tr("%1, %2").arg(item.text, item.count));
        action->setCheckable(true);
        action->setChecked(item.isChosen);
        connect(action, &QAction::triggered, m_facets,
                [this, key = item.key] { Q_EMIT m_facets->activated(key); });
    }
}

} // namespace queuedeck::ui
