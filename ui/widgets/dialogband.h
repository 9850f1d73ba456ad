// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QWidget>

namespace queuedeck::ui {

/// The band as the dialogs of bulk changes repeat it: mark and name, at their top.
class DialogBand : public QWidget
{
    Q_OBJECT
public:
    DialogBand(Environment environment, const QString& name, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Environment m_environment;
};

} // namespace queuedeck::ui
