// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/giventables.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

struct GivenTables::Module
{
    QByteArray declaration;
    const Table* table = nullptr; ///< the table given at present
};

namespace {
using Module = GivenTables::Module;

// SQLite allocates neither of these: our objects begin with its part.
struct VirtualTable : sqlite3_vtab
{
    const Module* module = nullptr;
};

struct Cursor : sqlite3_vtab_cursor
{
    const Table* table = nullptr;
    size_t width = 0;
    size_t row = 0;
};

int onConnect(sqlite3* handle, void* module, int, const char* const*, sqlite3_vtab** made, char**)
{
    auto* known = static_cast<Module*>(module);
    const int code = sqlite3_declare_vtab(handle, known->declaration.constData());
    if (code != SQLITE_OK)
        return code;
    auto* table = new VirtualTable{};
    table->module = known;
    *made = table;
    return SQLITE_OK;
}

int onDisconnect(sqlite3_vtab* table)
{
    delete static_cast<VirtualTable*>(table);
    return SQLITE_OK;
}

// Always a scan of all rows; a batch has at most a few thousand.
int onBestIndex(sqlite3_vtab*, sqlite3_index_info* plan)
{
    plan->estimatedRows = 1000;
    plan->estimatedCost = 1000;
    return SQLITE_OK;
}

int onOpen(sqlite3_vtab*, sqlite3_vtab_cursor** made)
{
    *made = new Cursor{};
    return SQLITE_OK;
}

int onClose(sqlite3_vtab_cursor* cursor)
{
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
}

int onFilter(sqlite3_vtab_cursor* base, int, const char*, int, sqlite3_value**)
{
    auto* cursor = static_cast<Cursor*>(base);
    cursor->table = static_cast<const VirtualTable*>(base->pVtab)->module->table;
    if (!cursor->table) { // no rows would look like a batch without jobs
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = sqlite3_mprintf("the table is not given");
        return SQLITE_ERROR;
    }
    cursor->width = size_t(cursor->table->columns.size());
    cursor->row = 0;
    return SQLITE_OK;
}

int onNext(sqlite3_vtab_cursor* base)
{
    ++static_cast<Cursor*>(base)->row;
    return SQLITE_OK;
}

int onEof(sqlite3_vtab_cursor* base)
{
    const auto* cursor = static_cast<const Cursor*>(base);
    return cursor->row * cursor->width >= cursor->table->cells.size() ? 1 : 0;
}

int onColumn(sqlite3_vtab_cursor* base, sqlite3_context* context, int column)
{
    const auto* cursor = static_cast<const Cursor*>(base);
    const Cell& cell = cursor->table->cells[cursor->row * cursor->width + size_t(column)];
    if (const qint64* number = cell.number())
        sqlite3_result_int64(context, *number);
    else if (const QByteArray* text = cell.text())
        sqlite3_result_text64(context, text->constData(), sqlite3_uint64(text->size()),
                              SQLITE_STATIC, SQLITE_UTF8);
    return SQLITE_OK; // NULL unless set above
}

int onRowid(sqlite3_vtab_cursor* base, sqlite3_int64* row)
{
    *row = sqlite3_int64(static_cast<const Cursor*>(base)->row);
    return SQLITE_OK;
}

// Without xCreate the table exists as soon as its name is used, and never in the file.
constexpr sqlite3_module kModule{.iVersion = 0,
                                 .xCreate = nullptr,
                                 .xConnect = onConnect,
                                 .xBestIndex = onBestIndex,
                                 .xDisconnect = onDisconnect,
                                 .xDestroy = nullptr,
                                 .xOpen = onOpen,
                                 .xClose = onClose,
                                 .xFilter = onFilter,
                                 .xNext = onNext,
                                 .xEof = onEof,
                                 .xColumn = onColumn,
                                 .xRowid = onRowid,
                                 .xUpdate = nullptr,
                                 .xBegin = nullptr,
                                 .xSync = nullptr,
                                 .xCommit = nullptr,
                                 .xRollback = nullptr,
                                 .xFindFunction = nullptr,
                                 .xRename = nullptr,
                                 .xSavepoint = nullptr,
                                 .xRelease = nullptr,
                                 .xRollbackTo = nullptr,
                                 .xShadowName = nullptr};
} // namespace

base::Status GivenTables::give(const Table& table)
{
    Module*& module = m_modules[table.name];
    if (!module) {
        auto fresh = std::make_unique<Module>();
        fresh->declaration = u"CREATE TABLE x(%1)"_s.arg(table.columns.join(u", "_s)).toUtf8();
        const int code = sqlite3_create_module_v2(
            m_handle, table.name.toUtf8().constData(), &kModule, fresh.get(),
            [](void* known) { delete static_cast<Module*>(known); });
        if (code != SQLITE_OK) { // SQLite has destroyed the module
            (void)fresh.release();
            m_modules.erase(table.name);
            return base::fail(base::ErrorKind::Internal,
                              base::Sentence::tr("SQLite takes no table %1 (code %2).")
                                  .arg(table.name)
                                  .arg(code));
        }
        module = fresh.release();
    }
    module->table = &table;
    m_current = module;
    return {};
}

void GivenTables::takeBack()
{
    if (m_current)
        m_current->table = nullptr;
    m_current = nullptr;
}

} // namespace queuedeck::db
