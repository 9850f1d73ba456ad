// SPDX-License-Identifier: GPL-3.0-or-later
// The precompiled header of the window's rooms.
#pragma once

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStringList>
#include <QToolButton>
#include <QVector>
#include <QWidget>
