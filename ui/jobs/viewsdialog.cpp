// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/viewsdialog.h"

#include "core/async/deliver.h"
#include "core/service/session.h"
#include "core/service/viewstore.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using async::deliver;
using service::SavedViews;

ViewsDialog::ViewsDialog(const service::SessionInfo& info, QWidget* parent)
    : Dialog(u"manageViews"_s, tr("Saved Views"), parent)
    , m_connection(info.key)
    , m_list(new QListWidget)
    , m_name(new QLineEdit)
    , m_rename(makeButton(tr("Rename"), this))
    , m_remove(makeButton(Icon::Delete, tr("Remove"), this))
    , m_import(makeButton(Icon::Download, tr("Import…"), this))
    , m_export(makeButton(Icon::Upload, tr("Export…"), this))
    , m_problem(new Label({}, TextRole::Small, Color::Danger))
{
    m_list->setObjectName(u"savedViews"_s);
    m_list->setAccessibleName(tr("Saved Views"));
    m_name->setObjectName(u"viewName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(80);
    m_rename->setObjectName(u"rename"_s);
    m_remove->setObjectName(u"remove"_s);
    m_import->setObjectName(u"import"_s);
    m_export->setObjectName(u"export"_s);
    m_problem->setObjectName(u"viewProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    content()->addWidget(new Label(tr("Saved Views"), TextRole::Title));
    content()->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    row->addWidget(m_name, 1);
    row->addWidget(m_rename);
    row->addWidget(m_remove);
    content()->addLayout(row);
    content()->addWidget(m_problem);
    auto* close = makeButton(tr("Done"), this);
    close->setObjectName(u"safe"_s);
    for (QPushButton* button : {m_rename, m_remove, m_import, m_export, close})
        button->setAutoDefault(false);
    addToFootLeft(m_import);
    addToFootLeft(m_export);
    addToFoot(close);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_rename, &QPushButton::clicked, this, &ViewsDialog::rename);
    connect(m_name, &QLineEdit::returnPressed, this, &ViewsDialog::rename);
    connect(m_remove, &QPushButton::clicked, this, &ViewsDialog::remove);
    connect(m_import, &QPushButton::clicked, this, &ViewsDialog::chooseImport);
    connect(m_export, &QPushButton::clicked, this, &ViewsDialog::chooseExport);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_name->setText(current() ? QString(current()->name) : QString());
        updateButtons();
    });
    connect(m_name, &QLineEdit::textChanged, this, &ViewsDialog::updateButtons);
    setMinimumSize(px(560), px(380));
    updateButtons();
    read();
    m_list->setFocus();
}

const domain::SavedView* ViewsDialog::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_views.size() ? &m_views[row] : nullptr;
}

void ViewsDialog::read()
{
    deliver(service::viewstore::readLater(), this, [this](const base::Result<SavedViews>& saved) {
        if (saved)
            take(*saved);
        else
            complain(saved.error());
    });
}

void ViewsDialog::take(const SavedViews& saved)
{
    const QString before = current() ? current()->id : QString();
    m_isNewer = saved.isNewer;
    m_views.clear();
    for (const domain::SavedView& view : domain::viewsFor(saved.views, m_connection)) {
        if (!view.isPreset())
            m_views += view;
    }
    m_list->clear();
    for (const domain::SavedView& view : std::as_const(m_views)) {
        const QString where = view.connection.isEmpty() ? tr(" (every connection)") : QString();
        m_list->addItem(showControls(view.name) + where + u"\n"_s + showControls(view.query));
        if (view.id == before)
            m_list->setCurrentRow(m_list->count() - 1);
    }
    if (m_list->currentRow() < 0 && m_list->count() > 0)
        m_list->setCurrentRow(0);
    if (!saved.problem.isEmpty()) {
        m_problem->setText(saved.problem.translated());
        m_problem->show();
    }
    setNote(m_views.isEmpty() ? tr("None are saved yet; Ctrl+S in the list of jobs saves one.")
                              : QString());
    updateButtons();
}

void ViewsDialog::updateButtons()
{
    const domain::SavedView* const view = current();
    m_name->setEnabled(view && !m_isNewer);
    m_remove->setEnabled(view && !m_isNewer);
    m_rename->setEnabled(view && !m_isNewer && m_name->text().trimmed() != view->name);
    m_import->setEnabled(!m_isNewer);
    m_export->setEnabled(!m_views.isEmpty());
}

void ViewsDialog::rename()
{
    if (!m_rename->isEnabled())
        return;
    domain::SavedView view = *current();
    view.name = m_name->text().trimmed();
    deliver(service::viewstore::save(view), this, [this](const base::Result<SavedViews>& saved) {
        if (!saved) {
            complain(saved.error());
            return;
        }
        m_problem->hide();
        take(*saved);
        Q_EMIT changed();
    });
}

void ViewsDialog::remove()
{
    if (!current())
        return;
    deliver(service::viewstore::remove(current()->id), this,
            [this, name = QString(current()->name)](const base::Result<SavedViews>& saved) {
                if (!saved) {
                    complain(saved.error());
                    return;
                }
                take(*saved);
                say(tr("Removed %1.").arg(showControls(name)));
                Q_EMIT changed();
            });
}

void ViewsDialog::chooseImport()
{
    auto* files = new QFileDialog(this, tr("Import Views"), {}, tr("Saved views (*.json)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, &ViewsDialog::importFrom);
    files->open();
}

void ViewsDialog::chooseExport()
{
    auto* files = new QFileDialog(this, tr("Export Views"), {}, tr("Saved views (*.json)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->setDefaultSuffix(u"json"_s);
    files->selectFile(u"queuedeck-views.json"_s);
    connect(files, &QFileDialog::fileSelected, this, &ViewsDialog::exportTo);
    files->open();
}

void ViewsDialog::importFrom(const QString& path)
{
    deliver(service::viewstore::importFrom(path, m_connection), this,
            [this](const base::Result<int>& count) {
                if (!count) {
                    complain(count.error());
                    return;
                }
                read();
                say(tr("Imported %n views.", nullptr, *count));
                Q_EMIT changed();
            });
}

void ViewsDialog::exportTo(const QString& path)
{
    deliver(service::viewstore::exportTo(path, m_connection, true), this,
            [this, path](const base::Result<int>& count) {
                if (!count)
                    complain(count.error());
                else
                    say(tr("Wrote %n views to %1.", nullptr, *count).arg(showControls(path)));
            });
}

void ViewsDialog::say(const QString& line)
{
    m_problem->hide();
    setNote(line);
}

void ViewsDialog::complain(const base::Error& error)
{
    m_problem->setText(error.detail.translated());
    m_problem->show();
}

} // namespace queuedeck::ui
