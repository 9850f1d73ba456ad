// SPDX-License-Identifier: GPL-3.0-or-later
// The table itself; its fields are explained in actionset.h.
#include "ui/actions/actionset.h"

namespace queuedeck::ui {
namespace {

#define T(text) QT_TRANSLATE_NOOP("ActionSet", text)
constexpr auto kTable = ActionInfo::Table;
constexpr auto kWindow = ActionInfo::Window;

// clang-format off
constexpr ActionInfo kActions[] = {
    {ActionId::Connect, MenuId::Connection, T("&Connect…"), "Ctrl+O", T("Choose another database"), Icon::Database},
    {ActionId::Quit, MenuId::Connection, T("&Quit"), "Ctrl+Q", "", Icon::Count, kWindow, false, true},

    {ActionId::Undo, MenuId::Edit, T("&Undo"), "Ctrl+Z", T("Undo the last change"), Icon::Undo},
    {ActionId::SelectAll, MenuId::Edit, T("Select &All That Match"), "Ctrl+A", T("Select all that match the filter"), Icon::Count, kTable, false, true},
    {ActionId::CopyId, MenuId::Edit, T("&Copy Id"), "Ctrl+Shift+C", T("Copy the whole id"), Icon::Copy},
    {ActionId::Find, MenuId::Edit, T("&Find…"), "Ctrl+F /", T("Go to the filter"), Icon::Search, kWindow, false, true},
    {ActionId::FilterCell, MenuId::Edit, T("Filter for This &Value"), "F", T("Show only rows with the value of this cell"), Icon::Filter, kTable},
    {ActionId::FilterWithoutCell, MenuId::Edit, T("Filter &without This Value"), "Shift+F", T("Show only rows without the value of this cell"), Icon::Count, kTable},

    {ActionId::PageOverview, MenuId::View, T("&Overview"), "Ctrl+1", "", Icon::Overview, kWindow, true},
    {ActionId::PageJobs, MenuId::View, T("&Jobs"), "Ctrl+2", "", Icon::Jobs, kWindow, true},
    {ActionId::PageScans, MenuId::View, T("&Scans"), "Ctrl+3", "", Icon::Scans, kWindow, true},
    {ActionId::PageEngine, MenuId::View, T("&Engine"), "Ctrl+4", "", Icon::Engine, kWindow, true},
    {ActionId::Sidebar, MenuId::View, T("Side&bar"), "Ctrl+B", T("Show the sidebar in full or as icons"), Icon::Count, kWindow, true, true},
    {ActionId::Refresh, MenuId::View, T("&Refresh"), "F5", T("Read again now"), Icon::Refresh, kWindow, false, true},
    {ActionId::PauseLive, MenuId::View, T("&Pause"), "Ctrl+Shift+P", T("Stop every automatic query"), Icon::Pause, kWindow, true},
    {ActionId::ThemeSystem, MenuId::Appearance, T("Match &System"), "", "", Icon::Count, kWindow, true},
    {ActionId::ThemeLight, MenuId::Appearance, T("&Light"), "", "", Icon::Count, kWindow, true},
    {ActionId::ThemeDark, MenuId::Appearance, T("&Dark"), "", "", Icon::Count, kWindow, true},
    {ActionId::ThemeContrast, MenuId::Appearance, T("&High Contrast"), "", "", Icon::Count, kWindow, true},
    {ActionId::TimesUtc, MenuId::Times, T("&UTC"), "", "", Icon::Count, kWindow, true},
    {ActionId::TimesLocal, MenuId::Times, T("&Local Time"), "", "", Icon::Count, kWindow, true},

    {ActionId::Retry, MenuId::Job, T("&Retry"), "R", T("Put the selected jobs back into the queue"), Icon::Retry, kTable},
    {ActionId::RetryAll, MenuId::Job, T("Retry &All That Match…"), "Shift+R", T("Put every failed job that matches the filter back into the queue"), Icon::Retry, kTable},
    {ActionId::Cancel, MenuId::Job, T("&Cancel"), "C", T("Cancel the selected jobs"), Icon::Cancel, kTable},
    {ActionId::Delete, MenuId::Job, T("&Delete…"), "Del", T("Delete the selected jobs; the journal keeps them"), Icon::Delete, kTable},
    {ActionId::RunNext, MenuId::Job, T("Run &Next"), "N", T("Run the selected jobs before all others"), Icon::RunNext, kTable},
    {ActionId::Repair, MenuId::Job, T("Re&pair…"), "", T("Give the selected jobs of unknown status one that processors know"), Icon::Edit, kTable},
    {ActionId::CleanUp, MenuId::Job, T("Clean &Up…"), "", T("Delete old finished jobs"), Icon::CleanUp, kWindow, false, true},
    {ActionId::Enqueue, MenuId::Job, T("&Enqueue…"), "Ctrl+N", T("Add a job"), Icon::Plus, kWindow, false, true},

    {ActionId::UploadCard, MenuId::Scan, T("&Upload Card…"), "Ctrl+U", T("Read business cards and liquor licenses from pictures"), Icon::Upload},

    {ActionId::StartEngine, MenuId::Engine, T("&Start Engine"), "", T("Process pending jobs on this computer until stopped"), Icon::Play},
    {ActionId::StopEngine, MenuId::Engine, T("S&top Engine"), "", T("Finish or hand back what is running, then stop"), Icon::Stop},
    {ActionId::ProcessNow, MenuId::Engine, T("&Process Now"), "", T("Run one round of pending jobs"), Icon::RunNext, kWindow, false, true},
    {ActionId::StepJob, MenuId::Engine, T("Step &One Job…"), "", T("Run one job and see its row before and after"), Icon::Step},
    {ActionId::EndpointKey, MenuId::Engine, T("&Key of the Served Endpoint…"), "", T("Make or set the key that queuedeckctl serve asks for"), Icon::Key, kWindow, false, true},
    {ActionId::ClaudeKey, MenuId::Engine, T("&Claude Key…"), "", T("Set the key for reading pictures with Claude"), Icon::Count},

    {ActionId::KeySheet, MenuId::Help, T("&Keys"), "? F1", T("All keys at a glance"), Icon::Count},
    {ActionId::About, MenuId::Help, T("&About Queuedeck"), "", "", Icon::Info, kWindow, false, true},
};
// clang-format on
#undef T

} // namespace

std::span<const ActionInfo> actionTable()
{
    static_assert(std::size(kActions) == static_cast<size_t>(ActionId::Count));
    return kActions;
}

} // namespace queuedeck::ui
