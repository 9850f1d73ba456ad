// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobviews.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "core/service/viewcounts.h"
#include "core/service/viewstore.h"
#include "ui/jobs/saveviewdialog.h"
#include "ui/jobs/viewsdialog.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/format.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using async::deliver;
using service::SavedViews;

JobViews::JobViews(service::Session& session, const Columns& columns, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_columns(columns)
    , m_page(page)
    , m_counts(new service::ViewCounts(session.jobs(), session.snapshots(), this))
    , m_views(domain::presetViews())
{
    m_counts->setViews(m_views);
    connect(m_counts, &service::ViewCounts::changed, this, &JobViews::changed);
    connect(&session.changes(), &service::ChangeFeed::pausedChanged, this, &JobViews::updateActive);
    read();
}

JobViews::~JobViews() = default;

QHash<QString, QString> JobViews::counts() const
{
    QHash<QString, QString> counts;
    for (const domain::SavedView& view : m_views) {
        const auto count = m_counts->count(view.id);
        if (!view.isCounted)
            continue;
        if (!count)
            counts[view.id] = m_counts->isTooSlow(view.id) ? u"–"_s : QString();
        else if (count->isExact)
            counts[view.id] = formatCount(count->count);
        else
            counts[view.id] = count->about ? u"≈ "_s + formatCount(*count->about)
                                           : u"≥ "_s + formatCount(count->count);
    }
    return counts;
}

const domain::SavedView* JobViews::view(const QString& id) const
{
    const auto found = std::find_if(m_views.cbegin(), m_views.cend(),
                                    [&id](const domain::SavedView& one) { return one.id == id; });
    return found == m_views.cend() ? nullptr : &*found;
}

void JobViews::setShown(bool isShown)
{
    m_isShown = isShown;
    updateActive();
    if (isShown)
        read();
}

// Paused means no SQL at all.
void JobViews::updateActive()
{
    m_counts->setActive(m_isShown && !m_session.changes().isPaused());
}

void JobViews::read()
{
    deliver(service::viewstore::readLater(), this, [this](const base::Result<SavedViews>& saved) {
        if (saved)
            take(*saved);
    });
}

void JobViews::take(const SavedViews& saved)
{
    const domain::SavedViewList views = domain::viewsFor(saved.views, m_session.info().key);
    if (views == m_views)
        return;
    m_views = views;
    m_counts->setViews(m_views);
    Q_EMIT changed();
}

void JobViews::save(const QString& query, const QString& matches)
{
    auto* dialog = new SaveViewDialog(
        m_views, m_session.info(), matches,
        int(std::chrono::duration_cast<std::chrono::seconds>(m_session.changes().interval())
                .count()),
        m_page->window());
    connect(dialog, &SaveViewDialog::agreed, this, [this, dialog, query] {
        domain::SavedView view = dialog->view();
        view.query = query;
        if (dialog->keepsColumns())
            view.columns = m_columns.state();
        dialog->setSaving(true);
        deliver(service::viewstore::save(view), dialog,
                [this, dialog, name = view.name](const base::Result<SavedViews>& saved) {
                    dialog->setSaving(false);
                    if (!saved) {
                        dialog->showProblem(saved.error().detail.translated());
                        return;
                    }
                    take(*saved);
                    dialog->accept();
                    Q_EMIT said(tr("Saved the view %1").arg(showControls(name)));
                });
    });
    dialog->open();
}

void JobViews::manage()
{
    auto* dialog = new ViewsDialog(m_session.info(), m_page->window());
    connect(dialog, &ViewsDialog::changed, this, &JobViews::read);
    dialog->open();
}

} // namespace queuedeck::ui
