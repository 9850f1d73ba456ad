// SPDX-License-Identifier: GPL-3.0-or-later
// The row with the filter: completion, saved views, columns.
#include "core/domain/querycompletion.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "core/service/vocabularyfeed.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobfacets.h"
#include "ui/jobs/joblist.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobviews.h"
#include "ui/jobs/querybar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

QWidget* JobsPage::makeQueryRow()
{
    auto* surface = new Surface(Color::Base, this, Qt::BottomEdge);
    auto* row = new QHBoxLayout(surface);
    row->setContentsMargins(px(space::kM), px(space::kS), px(space::kM), px(space::kS));
    row->setSpacing(px(space::kS));
    m_query = new QueryBar(surface);
    row->addWidget(m_query, 1);
    m_filters = makeButton(Icon::Filter, tr("Filters"), surface);
    m_filters->setObjectName(u"filters"_s);
    auto* menu = new QMenu(m_filters);
    connect(menu, &QMenu::aboutToShow, this, &JobsPage::fillFilterMenu);
    m_filters->setMenu(menu);
    row->addWidget(m_filters, 0, Qt::AlignTop);
    auto* save = makeButton(Icon::Bookmark, tr("Save View"), surface);
    save->setObjectName(u"saveView"_s);
    connect(save, &QPushButton::clicked, m_actions.action(ActionId::SaveView), &QAction::trigger);
    row->addWidget(save, 0, Qt::AlignTop);
    m_columns = makeButton(Icon::Columns, tr("Columns"), surface);
    m_columns->setObjectName(u"columnsButton"_s);
    connect(m_columns, &QPushButton::clicked, this, [this] {
        QMenu* const columns = m_list->columns().makeMenu();
        columns->setAttribute(Qt::WA_DeleteOnClose);
        columns->popup(m_columns->mapToGlobal(QPoint(0, m_columns->height())));
    });
    row->addWidget(m_columns, 0, Qt::AlignTop);
    return surface;
}

void JobsPage::connectViews()
{
    connect(m_actions.action(ActionId::SaveView), &QAction::triggered, this, [this] {
        // One that is not understood cannot be kept.
        if (isVisible() && !m_query->hasError())
            m_views->save(m_query->text(), m_query->matches());
    });
    connect(m_actions.action(ActionId::ManageViews), &QAction::triggered, m_views,
            &JobViews::manage);
    connect(m_views, &JobViews::said, this, &JobsPage::said);
    const auto take = [this] { m_facets->setViews(m_views->views(), m_views->counts()); };
    connect(m_views, &JobViews::changed, this, take);
    connect(m_facets, &JobFacets::viewWanted, this, &JobsPage::showView);
    take();
}

void JobsPage::connectCompletion()
{
    const auto recent = settings::recentQueries(m_session.info().settingsGroup());
    m_query->setVocabulary([this, recent] {
        domain::QueryVocabulary words = m_words->current();
        words.recent = recent.read();
        return words;
    });
    connect(m_query, &QueryBar::completionWanted, this, [this] {
        if (!m_session.changes().isPaused()) // which means no SQL
            m_words->want();
    });
    connect(m_words, &service::VocabularyFeed::changed, m_query, &QueryBar::refreshCompletions);
    connect(m_query, &QueryBar::used, this, [recent](const QString& text) {
        recent.write(domain::remembered(recent.read(), text));
    });
}

const domain::SavedViewList& JobsPage::views() const
{
    return m_views->views();
}

void JobsPage::showView(const QString& id)
{
    const domain::SavedView* const found = m_views->view(id);
    if (!found)
        return;
    const domain::SavedView view = *found;
    if (!view.columns.isEmpty())
        m_list->columns().restore(view.columns);
    if (view.interval > 0)
        m_session.changes().setInterval(std::chrono::seconds(view.interval));
    setFilterText(view.query);
    if (view.fromOldest)
        m_list->showOldest();
}

} // namespace queuedeck::ui
