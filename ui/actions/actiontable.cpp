// SPDX-License-Identifier: GPL-3.0-or-later
// The table itself; its fields are explained in actionset.h.
#include "ui/actions/actionset.h"

namespace queuedeck::ui {
namespace {

constexpr auto kTable = ActionInfo::Table;
constexpr auto kWindow = ActionInfo::Window;

// clang-format off
constexpr ActionInfo kActions[] = {
    {ActionId::Connections, MenuId::Connection, QT_TRANSLATE_NOOP("ActionSet", "C&onnections"), "Ctrl+O", QT_TRANSLATE_NOOP("ActionSet", "The saved connections: open, add, test, import"), Icon::Database},
    {ActionId::Connect, MenuId::Connection, QT_TRANSLATE_NOOP("ActionSet", "&Connect…"), "Ctrl+Shift+O", QT_TRANSLATE_NOOP("ActionSet", "Choose another database"), Icon::Count},
    {ActionId::Quit, MenuId::Connection, QT_TRANSLATE_NOOP("ActionSet", "&Quit"), "Ctrl+Q", "", Icon::Count, kWindow, false, true},

    {ActionId::Undo, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Undo"), "Ctrl+Z", QT_TRANSLATE_NOOP("ActionSet", "Undo the last change"), Icon::Undo},
    {ActionId::Redo, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Redo"), "Ctrl+Shift+Z", QT_TRANSLATE_NOOP("ActionSet", "Take back the last undo"), Icon::Count},
    {ActionId::SelectAll, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Select &All That Match"), "Ctrl+A", QT_TRANSLATE_NOOP("ActionSet", "Select all that match the filter"), Icon::Count, kTable, false, true},
    {ActionId::CopyId, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Copy Id"), "Ctrl+Shift+C", QT_TRANSLATE_NOOP("ActionSet", "Copy the whole id"), Icon::Copy},
    {ActionId::CopyCell, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Cop&y Cell"), "", QT_TRANSLATE_NOOP("ActionSet", "Copy the whole value of this cell"), Icon::Count},
    {ActionId::CopyJson, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Copy as &JSON"), "", QT_TRANSLATE_NOOP("ActionSet", "Copy the selected jobs with their payloads, an object a line"), Icon::Count},
    {ActionId::CopyCsv, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "C&opy as CSV"), "", QT_TRANSLATE_NOOP("ActionSet", "Copy the selected jobs with their payloads as a table"), Icon::Count},
    {ActionId::CopySql, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Copy as S&QL"), "", QT_TRANSLATE_NOOP("ActionSet", "Copy a statement that reads the selected jobs"), Icon::Count},
    {ActionId::CopyCurl, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Copy as cur&l"), "", QT_TRANSLATE_NOOP("ActionSet", "Copy a request to the endpoint, without its key"), Icon::Count},
    {ActionId::CopyLink, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Copy Lin&k"), "", QT_TRANSLATE_NOOP("ActionSet", "Copy a link to this job, or to this page and filter"), Icon::Link},
    {ActionId::Find, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Find…"), "Ctrl+F /", QT_TRANSLATE_NOOP("ActionSet", "Go to the filter"), Icon::Search, kWindow, false, true},
    {ActionId::SaveView, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Save View…"), "Ctrl+S", QT_TRANSLATE_NOOP("ActionSet", "Keep the filter under a name"), Icon::Bookmark},
    {ActionId::ManageViews, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Manage Views…"), "", QT_TRANSLATE_NOOP("ActionSet", "Rename, remove, import and export saved views"), Icon::Count},
    {ActionId::FilterCell, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Filter for This &Value"), "F", QT_TRANSLATE_NOOP("ActionSet", "Show only rows with the value of this cell"), Icon::Filter, kTable},
    {ActionId::FilterWithoutCell, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Filter &without This Value"), "Shift+F", QT_TRANSLATE_NOOP("ActionSet", "Show only rows without the value of this cell"), Icon::Count, kTable},
    {ActionId::GroupErrors, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "&Group by Error"), "G", QT_TRANSLATE_NOOP("ActionSet", "Group the failed jobs that match by what went wrong"), Icon::Jobs, kTable, false, true},
    {ActionId::ShowGroup, MenuId::Edit, QT_TRANSLATE_NOOP("ActionSet", "Show the Error Grou&p"), "Shift+G", QT_TRANSLATE_NOOP("ActionSet", "Show the jobs that failed like the selected one"), Icon::Count, kTable},

    {ActionId::PageOverview, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Overview"), "Ctrl+1", "", Icon::Overview, kWindow, true},
    {ActionId::PageJobs, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Jobs"), "Ctrl+2", "", Icon::Jobs, kWindow, true},
    {ActionId::PageScans, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Scans"), "Ctrl+3", "", Icon::Scans, kWindow, true},
    {ActionId::PageEngine, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Engine"), "Ctrl+4", "", Icon::Engine, kWindow, true},
    {ActionId::PageDiagnostics, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Diagnostics"), "Ctrl+5", "", Icon::Diagnostics, kWindow, true},
    {ActionId::Sidebar, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "Side&bar"), "Ctrl+B", QT_TRANSLATE_NOOP("ActionSet", "Show the sidebar in full or as icons"), Icon::Count, kWindow, true, true},
    {ActionId::Refresh, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Refresh"), "F5", QT_TRANSLATE_NOOP("ActionSet", "Read again now"), Icon::Refresh, kWindow, false, true},
    {ActionId::PauseLive, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Pause"), "Ctrl+Shift+P", QT_TRANSLATE_NOOP("ActionSet", "Stop every automatic query"), Icon::Pause, kWindow, true},
    {ActionId::Palette, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "&Go To…"), "Ctrl+K", QT_TRANSLATE_NOOP("ActionSet", "Find a job, a page, a connection or a command"), Icon::Search},
    {ActionId::Alerts, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "A&lerts…"), "Ctrl+Shift+A", QT_TRANSLATE_NOOP("ActionSet", "When to tell somebody, and how; what was told"), Icon::Warning},
    {ActionId::Settings, MenuId::View, QT_TRANSLATE_NOOP("ActionSet", "Sett&ings…"), "Ctrl+,", QT_TRANSLATE_NOOP("ActionSet", "How Queuedeck looks and works"), Icon::Settings, kWindow, false, true},
    {ActionId::ThemeSystem, MenuId::Appearance, QT_TRANSLATE_NOOP("ActionSet", "Match &System"), "", "", Icon::Count, kWindow, true},
    {ActionId::ThemeLight, MenuId::Appearance, QT_TRANSLATE_NOOP("ActionSet", "&Light"), "", "", Icon::Count, kWindow, true},
    {ActionId::ThemeDark, MenuId::Appearance, QT_TRANSLATE_NOOP("ActionSet", "&Dark"), "", "", Icon::Count, kWindow, true},
    {ActionId::ThemeContrast, MenuId::Appearance, QT_TRANSLATE_NOOP("ActionSet", "&High Contrast"), "", "", Icon::Count, kWindow, true},
    {ActionId::TimesUtc, MenuId::Times, QT_TRANSLATE_NOOP("ActionSet", "&UTC"), "", "", Icon::Count, kWindow, true},
    {ActionId::TimesLocal, MenuId::Times, QT_TRANSLATE_NOOP("ActionSet", "&Local Time"), "", "", Icon::Count, kWindow, true},

    {ActionId::Retry, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "&Retry"), "R", QT_TRANSLATE_NOOP("ActionSet", "Put the selected jobs back into the queue"), Icon::Retry, kTable},
    {ActionId::RetryAll, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "Retry &All That Match…"), "Shift+R", QT_TRANSLATE_NOOP("ActionSet", "Put every failed job that matches the filter back into the queue"), Icon::Retry, kTable},
    {ActionId::Cancel, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "&Cancel"), "C", QT_TRANSLATE_NOOP("ActionSet", "Cancel the selected jobs"), Icon::Cancel, kTable},
    {ActionId::Delete, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "&Delete…"), "Del", QT_TRANSLATE_NOOP("ActionSet", "Delete the selected jobs; the journal keeps them"), Icon::Delete, kTable},
    {ActionId::RunNext, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "Run &Next"), "N", QT_TRANSLATE_NOOP("ActionSet", "Run the selected jobs before all others"), Icon::RunNext, kTable},
    {ActionId::Repair, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "Re&pair…"), "", QT_TRANSLATE_NOOP("ActionSet", "Give the selected jobs of unknown status one that processors know"), Icon::Edit, kTable},
    {ActionId::CleanUp, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "Clean &Up…"), "", QT_TRANSLATE_NOOP("ActionSet", "Delete old finished jobs"), Icon::CleanUp, kWindow, false, true},
    {ActionId::Enqueue, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "&Enqueue…"), "Ctrl+N", QT_TRANSLATE_NOOP("ActionSet", "Add a job"), Icon::Plus, kWindow, false, true},
    {ActionId::EditAsNew, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "Edit as Ne&w…"), "E", QT_TRANSLATE_NOOP("ActionSet", "Add a job like the selected one, with changes"), Icon::Edit, kTable},
    {ActionId::Import, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "&Import…"), "Ctrl+Shift+I", QT_TRANSLATE_NOOP("ActionSet", "Import customers, products, scans or a sales report from a file"), Icon::Download},
    {ActionId::Export, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "E&xport Selected…"), "", QT_TRANSLATE_NOOP("ActionSet", "Write the selected jobs to a file"), Icon::Upload},
    {ActionId::ExportAll, MenuId::Job, QT_TRANSLATE_NOOP("ActionSet", "Export All That &Match…"), "Ctrl+E", QT_TRANSLATE_NOOP("ActionSet", "Write every job that matches the filter to a file"), Icon::Upload},

    {ActionId::UploadCard, MenuId::Scan, QT_TRANSLATE_NOOP("ActionSet", "&Upload Card…"), "Ctrl+U", QT_TRANSLATE_NOOP("ActionSet", "Read business cards and liquor licenses from pictures"), Icon::Upload},

    {ActionId::StartEngine, MenuId::Engine, QT_TRANSLATE_NOOP("ActionSet", "&Start Engine"), "", QT_TRANSLATE_NOOP("ActionSet", "Process pending jobs on this computer until stopped"), Icon::Play},
    {ActionId::StopEngine, MenuId::Engine, QT_TRANSLATE_NOOP("ActionSet", "S&top Engine"), "", QT_TRANSLATE_NOOP("ActionSet", "Finish or hand back what is running, then stop"), Icon::Stop},
    {ActionId::ProcessNow, MenuId::Engine, QT_TRANSLATE_NOOP("ActionSet", "&Process Now"), "", QT_TRANSLATE_NOOP("ActionSet", "Run one round of pending jobs"), Icon::RunNext, kWindow, false, true},
    {ActionId::StepJob, MenuId::Engine, QT_TRANSLATE_NOOP("ActionSet", "Step &One Job…"), "", QT_TRANSLATE_NOOP("ActionSet", "Run one job and see its row before and after"), Icon::Step},
    {ActionId::EndpointKey, MenuId::Engine, QT_TRANSLATE_NOOP("ActionSet", "&Key of the Served Endpoint…"), "", QT_TRANSLATE_NOOP("ActionSet", "Make or set the key that queuedeckctl serve asks for"), Icon::Key, kWindow, false, true},
    {ActionId::ClaudeKey, MenuId::Engine, QT_TRANSLATE_NOOP("ActionSet", "&Claude Key…"), "", QT_TRANSLATE_NOOP("ActionSet", "Set the key for reading pictures with Claude"), Icon::Count},

    {ActionId::KeySheet, MenuId::Help, QT_TRANSLATE_NOOP("ActionSet", "&Keys"), "? F1", QT_TRANSLATE_NOOP("ActionSet", "All keys at a glance"), Icon::Count},
    {ActionId::About, MenuId::Help, QT_TRANSLATE_NOOP("ActionSet", "&About Queuedeck"), "", "", Icon::Info, kWindow, false, true},
};
// clang-format on

} // namespace

std::span<const ActionInfo> actionTable()
{
    static_assert(std::size(kActions) == static_cast<size_t>(ActionId::Count));
    return kActions;
}

} // namespace queuedeck::ui
