// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/saveviewdialog.h"

#include "core/service/session.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

SaveViewDialog::SaveViewDialog(const domain::SavedViewList& views, const service::SessionInfo& info,
                               const QString& matches, int interval, QWidget* parent)
    : Dialog(u"saveView"_s, tr("Save View"), parent)
    , m_views(views)
    , m_connection(info.key)
    , m_matches(matches)
    , m_interval(interval)
    , m_name(new QLineEdit)
    , m_columns(new QCheckBox(tr("Columns and their widths")))
    , m_refresh(new QCheckBox(tr("Refresh every %1 s").arg(interval)))
    , m_counted(new QCheckBox(tr("A live count in the sidebar")))
    , m_here(new QRadioButton(showControls(info.name)))
    , m_everywhere(new QRadioButton(tr("every connection")))
    , m_problem(new Label({}, TextRole::Small, Color::Danger))
    , m_save(makeButton(tr("Save View"), this, ButtonRole::Primary))
{
    m_name->setObjectName(u"viewName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(80);
    auto* filter = new QCheckBox(tr("The filter"));
    filter->setChecked(true);
    filter->setEnabled(false);
    m_columns->setObjectName(u"keepColumns"_s);
    m_refresh->setObjectName(u"keepInterval"_s);
    m_counted->setObjectName(u"isCounted"_s);
    m_counted->setChecked(true);
    m_here->setObjectName(u"forThis"_s);
    m_everywhere->setObjectName(u"forEvery"_s);
    m_here->setChecked(true);
    m_problem->setObjectName(u"viewProblem"_s);
    m_problem->setWordWrap(true);

    content()->addWidget(new Label(tr("Save View"), TextRole::Title));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(px(space::kL));
    form->setVerticalSpacing(px(space::kS));
    const auto row = [form](const QString& words, QWidget* widget) {
        form->addRow(new Label(words, TextRole::Body, Color::Muted), widget);
    };
    row(tr("Name"), m_name);
    row(tr("Keep"), filter);
    row({}, m_columns);
    row({}, m_refresh);
    row(tr("Show"), m_counted);
    auto* whom = new QWidget;
    auto* side = new QHBoxLayout(whom);
    side->setContentsMargins({});
    side->setSpacing(px(space::kL));
    side->addWidget(m_here);
    side->addWidget(m_everywhere);
    side->addStretch(1);
    row(tr("For"), whom);
    content()->addLayout(form);
    content()->addWidget(m_problem);
    content()->addStretch(1);

    auto* safe = makeButton(tr("Don’t Save"), this);
    safe->setObjectName(u"safe"_s);
    safe->setAutoDefault(false);
    m_save->setObjectName(u"saveIt"_s);
    m_save->setDefault(true);
    addToFoot(safe);
    addToFoot(m_save);
    connect(safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &SaveViewDialog::agreed);
    connect(m_name, &QLineEdit::textChanged, this, &SaveViewDialog::updateName);
    connect(m_here, &QRadioButton::toggled, this, &SaveViewDialog::updateName);
    updateName();
    m_name->setFocus();
    setMinimumWidth(px(380));
}

void SaveViewDialog::updateName()
{
    const base::Sentence problem =
        domain::viewNameProblem(m_name->text().trimmed(), view().connection, m_views);
    const bool isEmpty = m_name->text().trimmed().isEmpty();
    m_problem->setText(isEmpty ? QString() : problem.translated());
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_save->setEnabled(problem.isEmpty() && !m_isSaving);
    setNote(m_matches.isEmpty() ? QString() : tr("%1 now").arg(m_matches));
}

domain::SavedView SaveViewDialog::view() const
{
    return {.name = m_name->text().trimmed(),
            .connection = m_everywhere->isChecked() ? QString() : m_connection,
            .interval = m_refresh->isChecked() ? m_interval : 0,
            .isCounted = m_counted->isChecked()};
}

bool SaveViewDialog::keepsColumns() const
{
    return m_columns->isChecked();
}

void SaveViewDialog::setSaving(bool isSaving)
{
    m_isSaving = isSaving;
    updateName();
}

void SaveViewDialog::showProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->show();
}

} // namespace queuedeck::ui
