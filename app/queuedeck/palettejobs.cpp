// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/palettejobs.h"

#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/jobs/jobspage.h"
#include "ui/palette/palettedialog.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::app {

namespace {
constexpr int kMostJobs = 3;

ui::PaletteItem itemOf(const domain::Job& job)
{
    const ui::Mark mark = ui::markOf(job);
    ui::PaletteItem item{ui::PaletteItem::Group::Jobs, ui::markIcon(mark), ui::markColor(mark),
                         job.id.value};
    item.detail = u"%1, %2"_s.arg(job.type, ui::markWord(mark));
    item.right = ui::formatAge(job.createdAt, QDateTime::currentDateTimeUtc());
    item.isId = true;
    return item;
}
} // namespace

void findJobsFor(ui::PaletteDialog& palette, service::Session& session,
                 const std::function<void(const domain::JobId&)>& showJob)
{
    QObject::connect(
        &palette, &ui::PaletteDialog::jobsWanted, &palette,
        [&palette, &session, showJob](const QString& fragment) {
            const auto filter = domain::JobFilter::parse(u"id:"_s + fragment);
            if (!filter)
                return;
            domain::PageRequest request;
            request.filter = *filter;
            request.limit = kMostJobs;
            request.budget = domain::SearchBudget{1s}; // the list waits behind it
            async::deliver(
                session.jobs().page(request), &palette,
                [&palette, fragment, showJob](const base::Result<domain::JobPage>& page) {
                    ui::PaletteItems items;
                    for (const domain::Job& job : page ? page->jobs : QVector<domain::Job>()) {
                        items += itemOf(job);
                        items.last().run = [showJob, id = job.id] { showJob(id); };
                    }
                    palette.showJobs(fragment, items);
                });
        });
}

ui::PaletteItems viewItems(const ui::JobsPage& jobs,
                           const std::function<void(const QString&)>& show)
{
    ui::PaletteItems items;
    for (const domain::SavedView& view : jobs.views()) {
        ui::PaletteItem item{ui::PaletteItem::Group::Views, ui::Icon::Bookmark, ui::Color::Text,
                             view.name.translated()};
        item.detail = view.query;
        item.run = [show, id = view.id] { show(id); };
        items += item;
    }
    return items;
}

} // namespace queuedeck::app
